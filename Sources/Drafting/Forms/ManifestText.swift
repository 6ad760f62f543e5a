import PolicyModel

/// `lint-copy.yaml` for a draft.
struct ManifestText {
  let facts: DraftFacts
  let form: CopyDraft.Form
  let commands: [AnswerCommands.Group]

  /// The file's text.
  var text: String {
    var text = """
      # The copy of trail events from \(facts.bucket), as `lint-copy init` drafted it.
      #
      # \(statements)
      # here, which is to be added to the policy that is there: put in its place, it would take away
      # what that policy grants today, CloudTrail's deliveries among it. Once it is added, save the
      # whole policy over the draft.
      #
      # What no draft can know, AWS tells. Save its answers in this folder:

      """
    for group in commands {
      text += "#\n# account \(group.account)\n"
      for command in group.commands { text += "#   \(command)\n" }
    }
    text += "version: 1\ncopies:\n"
    let copy = DraftValue.list([.object(members)]).yaml
    for line in copy.split(separator: "\n") {
      text += "  \(line)"
      if let name = facts.defaults.first(where: { line.hasPrefix("  \($0):") }) {
        text += "  # nobody said: --\(name)"
      }
      text += "\n"
    }
    return text
  }

  private var statements: String {
    facts.keys.isEmpty
      ? "The bucket's policy has one statement"
      : "The policies of the bucket and of each key have one statement"
  }

  private var members: [DraftValue.Member] {
    var members: [(String, DraftValue)] = [("name", .text("trail-events"))]
    members += documents
    members += [
      ("source", .text(facts.source)),
      ("destination", .text(facts.destination)),
      ("role-arn", .text(facts.roleARN)),
      ("bucket-account", .text(facts.bucketAccount)),
      ("bucket-region", .text(facts.bucketRegion)),
    ]
    if !facts.keys.isEmpty {
      members.append(("key-arn", .list(facts.keys.map { .text($0.arn) })))
    }
    if let usesBucketKeys = facts.usesBucketKeys {
      members.append(("bucket-keys", .text(usesBucketKeys ? "on" : "off")))
    }
    if let start = facts.startTime, let end = facts.endTime {
      members += [("start-time", .text(start.iso8601)), ("end-time", .text(end.iso8601))]
    }
    return members.map { DraftValue.Member(name: $0.0, value: $0.1) }
  }

  private var documents: [(String, DraftValue)] {
    let path = { (name: String) in DraftValue.text(PolicyFiles.path(name, form)) }
    var members: [(String, DraftValue)] = []
    if form != .cloudformation {
      members += [("role", path("role")), ("trust", path("trust")), ("bucket", path("bucket"))]
    }
    if facts.keys.isEmpty {
      members.append(("key", "none"))
    } else {
      let keys = facts.keys.map { key -> DraftValue in
        ["arn": .text(key.arn), "file": path(PolicyFiles.name(of: key, in: facts))]
      }
      members.append(("key", .list(keys)))
    }
    members.append(("caller-policy", path("caller")))
    let answers = DraftValue.text("\(CopyDraft.importFolder)/*.json")
    if form == .cloudformation {
      let templates = CloudFormationFiles(facts: facts)
      members += [
        ("documents", [.text(templates.rolePath), .text(templates.bucketPath), answers]),
        ("account", .text(facts.lakeAccount)), ("region", .text(facts.lakeRegion)),
      ]
    } else {
      members.append(("documents", answers))
    }
    return members
  }
}
