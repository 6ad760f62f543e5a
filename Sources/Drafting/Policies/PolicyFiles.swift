/// The policies as files of their own.
struct PolicyFiles {
  let facts: DraftFacts
  let form: CopyDraft.Form

  /// The files in the order a person reads them in.
  var files: [CopyDraft.File] {
    let policies = CopyPolicies(facts: facts)
    return [
      file(
        "role", policies.role,
        "the permissions of the role \(facts.roleName), account \(facts.lakeAccount)"),
      file("trust", policies.trust, "its trust policy"),
      file(
        "bucket", policies.bucket,
        "a statement for the policy of the bucket \(facts.bucket), account \(facts.bucketAccount)"),
    ] + keys + [caller]
  }

  /// A file for each key.
  var keys: [CopyDraft.File] {
    facts.keys.map { key in
      file(
        Self.name(of: key, in: facts), CopyPolicies(facts: facts).key,
        "a statement for the policy of the key \(key.id), account \(key.account)")
    }
  }

  /// The policy of whoever starts the import.
  var caller: CopyDraft.File {
    file(
      "caller", CopyPolicies(facts: facts).caller,
      "what whoever starts the import may do, account \(facts.lakeAccount)")
  }

  /// The path of a policy's file.
  static func path(_ name: String, _ form: CopyDraft.Form) -> String {
    "\(CopyDraft.policyFolder)/\(name).\(form == .yaml ? "yaml" : "json")"
  }

  /// What the file of a key's statement is called: `key`, and with several keys the key's id too.
  static func name(of key: DraftFacts.Key, in facts: DraftFacts) -> String {
    guard facts.keys.count > 1 else { return "key" }
    // Keys of two accounts may share an id, multi-Region keys above all.
    let isAlone = facts.keys.count { $0.id.lowercased() == key.id.lowercased() } == 1
    return isAlone ? "key-\(key.id)" : "key-\(key.account)-\(key.id)"
  }

  private func file(_ name: String, _ policy: DraftValue, _ purpose: String) -> CopyDraft.File {
    CopyDraft.File(
      path: Self.path(name, form), text: form == .yaml ? policy.yaml : policy.json,
      purpose: purpose)
  }
}
