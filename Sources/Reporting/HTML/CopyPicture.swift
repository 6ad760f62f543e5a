import Checks
import Evidence
import PolicyModel

/// The path of a copy: CloudTrail takes on the role, the role reads the source bucket, its log files
/// and keys, and what it reads goes into the event data store.
///
/// Each requirement belongs to an arrow (an access) or to what an arrow leads to.
struct CopyPicture {
  /// A requirement as the picture shows it.
  struct Line {
    var text: String
    var status: Requirement.Status
    /// Whether a violation does not count.
    var isSuppressed: Bool
    /// Whether a violation blocks no copy.
    var isMinor: Bool

    /// The class of the style sheet.
    var className: String {
      Requirement.className(status, isSuppressed: isSuppressed, isMinor: isMinor)
    }

    /// How much it wants to be seen.
    fileprivate var rank: Int {
      switch status {
      case .violated: isSuppressed ? 2 : isMinor ? 3 : 6
      case .open: isMinor ? 3 : 5
      case .notChecked: isMinor ? 3 : 4
      case .proven: 1
      case .notApplicable: 0
      }
    }
  }

  /// A thing of the copy.
  struct Node {
    /// What it is.
    var title: String
    /// Which one it is: the last part of an ARN; empty where nobody knows.
    var name: String
    /// The account and the Region of an ARN.
    var home: String
    /// What is asked of the thing itself and does not hold, or is not known to.
    var lines: [Line]
    /// The worst of what is asked of it; nil where nothing is.
    var status: Line?
  }

  /// An access, or the copy itself.
  struct Edge {
    var lines: [Line]
    /// The worst of its lines; nil where there are none.
    var status: Line?

    init(_ lines: [Line]) {
      self.lines = lines
      status = CopyPicture.worst(lines)
    }
  }

  /// What the role reads, with the access it takes.
  struct Target {
    var edge: Edge
    var node: Node
  }

  /// Keys that get a box of their own; of more, the worst.
  private static let mostKeys = 5

  let cloudTrail: Node
  /// From CloudTrail to the role.
  let trust: Edge
  let role: Node
  /// From the role.
  let targets: [Target]
  /// From the log files to the event data store.
  let copy: Edge
  let store: Node

  init(_ copy: CopyReport) {
    let rows = copy.requirements
    func fact(_ name: String) -> String? { copy.facts.first { $0.name == name }?.value }
    func subject(_ rule: RuleID) -> String? {
      rows.first { $0.rule == rule && !$0.subject.isEmpty }?.subject
    }
    func edge(_ accesses: [(RuleID, String)], _ subject: String? = nil) -> Edge {
      Edge(
        accesses.flatMap { rule, text in
          rows.filter { $0.rule == rule && (subject == nil || $0.subject == subject) }
            .map { Self.line(text, $0) }
        })
    }
    func node(_ title: String, _ name: String?, _ rules: [RuleID], _ subject: String? = nil) -> Node
    {
      let lines = rules.flatMap { rule in
        rows.filter { $0.rule == rule && (subject == nil || $0.subject == subject) }
          .map { Self.line(rule.name, $0) }
      }
      let (name, home) = Self.parts(of: name ?? "")
      return Node(
        title: title, name: name, home: home, lines: lines.filter { $0.rank > 1 },
        status: Self.worst(lines))
    }

    cloudTrail = node(
      "CloudTrail", "cloudtrail.amazonaws.com",
      ["caller-start-import", "caller-pass-role", "import-request", "import-in-progress"])
    trust = edge([("sts-assume-role", "sts:AssumeRole")])
    role = node(
      "role", fact("role-arn") ?? subject("sts-assume-role"),
      ["source-arn-condition", "source-account-condition", "confused-deputy", "role-account"])
    let bucket = subject("s3-list-bucket") ?? subject("s3-get-bucket-acl")
    let logFiles = fact("source") ?? subject("s3-get-object")
    var targets = [
      Target(
        edge: edge([("s3-list-bucket", "s3:ListBucket"), ("s3-get-bucket-acl", "s3:GetBucketAcl")]),
        node: node(
          "source bucket", bucket, ["acls-disabled", "public-access-block", "requester-pays"])),
      Target(
        edge: edge([("s3-get-object", "s3:GetObject")]),
        node: node(
          "log files", logFiles,
          ["copy-prefix", "archived-objects", "gzip-log-files", "foreign-files", "log-expiry"])),
    ]
    let keyRules: Set<RuleID> = ["kms-decrypt", "kms-generate-data-key"]
    var keys: [String] = []
    for row in rows where keyRules.contains(row.rule) && row.status != .notApplicable {
      if !keys.contains(row.subject) { keys.append(row.subject) }
    }
    let ofKeys = keys.map { key in
      Target(
        edge: edge(
          [("kms-decrypt", "kms:Decrypt"), ("kms-generate-data-key", "kms:GenerateDataKey")], key),
        node: node("KMS key", key, ["key-state", "bucket-key-context"], key))
    }
    targets += Self.worstFirst(ofKeys).prefix(Self.mostKeys)
    if keys.count > Self.mostKeys {
      let others = Self.worstFirst(ofKeys).dropFirst(Self.mostKeys)
      targets.append(
        Target(
          edge: Edge(others.flatMap(\.edge.lines).max { $0.rank < $1.rank }.map { [$0] } ?? []),
          node: Node(
            title: Sentences.count(others.count, "more key"), name: "in the table below",
            home: "", lines: [], status: nil)))
    }
    self.targets = targets
    self.copy = edge([("retention-coverage", "events kept")])
    store = node(
      "event data store", fact("destination") ?? subject("retention-coverage"),
      [
        "event-data-store-status", "event-data-store-category", "retention-range",
        "event-data-store-key-policy", "management-account-only", "duplicate-events",
      ])
  }

  /// The picture in words, for those who do not see it.
  var description: String {
    func sentence(_ from: String, _ to: Node, _ edge: Edge) -> String {
      let lines = (edge.lines + to.lines).map { "\($0.text) \(Self.words(for: $0))" }
      let what = lines.isEmpty ? "not judged" : Sentences.list(lines)
      let home = to.home.isEmpty ? "" : " (\(to.home))"
      return "From \(from) to \(to.title)\(to.name.isEmpty ? "" : " \(to.name)")\(home): \(what)."
    }
    var sentences = [sentence("CloudTrail", role, trust)]
    sentences += targets.map { sentence("the role", $0.node, $0.edge) }
    sentences.append(sentence("the log files", store, copy))
    if !cloudTrail.lines.isEmpty {
      let lines = cloudTrail.lines.map { "\($0.text) \(Self.words(for: $0))" }
      sentences.append("CloudTrail: \(Sentences.list(lines)).")
    }
    return sentences.joined(separator: " ")
  }

  /// A line's status in words.
  static func words(for line: Line) -> String {
    line.isSuppressed ? "\(line.status.words), suppressed" : line.status.words
  }

  /// What an ARN is of, and where that is at home.
  private static func parts(of arn: String) -> (name: String, home: String) {
    let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn" else { return (arn, "") }
    let home = [parts[4], parts[3]].filter { !$0.isEmpty }.joined(separator: ", ")
    // The box says what it is of.
    let kind = ["role/", "key/", "eventdatastore/"].first { parts[5].hasPrefix($0) }
    return (String(parts[5].dropFirst(kind?.count ?? 0)), home)
  }

  private static func line(_ text: String, _ row: Requirement) -> Line {
    Line(
      text: text, status: row.status, isSuppressed: row.suppression != nil,
      isMinor: row.severity != .error)
  }

  private static func worst(_ lines: [Line]) -> Line? { lines.max { $0.rank < $1.rank } }

  /// The worst first, and else in their order.
  private static func worstFirst(_ targets: [Target]) -> [Target] {
    targets.enumerated().sorted { left, right in
      let ranks = (left.element.edge.status?.rank ?? 0, right.element.edge.status?.rank ?? 0)
      return ranks.0 != ranks.1 ? ranks.0 > ranks.1 : left.offset < right.offset
    }.map(\.element)
  }
}
