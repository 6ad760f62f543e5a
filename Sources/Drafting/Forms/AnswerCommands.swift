/// The commands that save what only AWS knows of a copy, for a shell in the draft's folder.
package struct AnswerCommands {
  let facts: DraftFacts

  /// The commands that one account's credentials run.
  package struct Group: Sendable, Hashable {
    /// The account.
    package let account: String
    /// One command a line.
    package internal(set) var commands: [String]
  }

  /// The commands, by the account they ask.
  var groups: [Group] {
    let bucket = Self.quoted(facts.bucket)
    let lake = "--region \(Self.quoted(facts.lakeRegion))"
    var groups: [Group] = []
    add(
      to: &groups, facts.lakeAccount,
      [
        command("sts get-caller-identity", into: "caller-identity"),
        command(
          "cloudtrail get-event-data-store \(lake) --event-data-store \(Self.quoted(facts.destination))",
          into: "event-data-store"),
        command("cloudtrail list-imports \(lake)", into: "list-imports"),
      ])
    add(
      to: &groups, facts.bucketAccount,
      [
        command("s3api get-bucket-location --bucket \(bucket)", into: "bucket-location"),
        command(
          "s3api get-bucket-ownership-controls --bucket \(bucket)", into: "ownership-controls"),
        command("s3api get-bucket-request-payment --bucket \(bucket)", into: "request-payment"),
        command(
          "s3api list-objects-v2 --bucket \(bucket) --prefix \(Self.quoted(facts.prefix)) --optional-object-attributes RestoreStatus",
          into: "list-objects"),
      ])
    for key in facts.keys {
      let name = PolicyFiles.name(of: key, in: facts)
      add(
        to: &groups, key.account,
        [
          command(
            "kms describe-key --region \(Self.quoted(facts.bucketRegion)) --key-id \(Self.quoted(key.arn))",
            into: "describe-\(name)")
        ])
    }
    return groups
  }

  private func add(to groups: inout [Group], _ account: String, _ commands: [String]) {
    if let index = groups.firstIndex(where: { $0.account == account }) {
      groups[index].commands += commands
    } else {
      groups.append(Group(account: account, commands: commands))
    }
  }

  private func command(_ arguments: String, into name: String) -> String {
    "aws \(arguments) --output json >\(CopyDraft.importFolder)/\(name).json"
  }

  /// A text as one word of a POSIX shell.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        || "-_./:=@%+,".utf8.contains(byte)
    }
    guard !isPlain || text.isEmpty else { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false).joined(
        separator: "'\\''") + "'"
  }
}
