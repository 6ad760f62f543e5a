import Evidence
import PolicyModel

/// Judges one input of `start-import`.
///
/// AWS CloudTrail API Reference, "StartImport" and "S3ImportSource".
struct ImportRequestJudge {
  private(set) var findings = ImportRequestFindings()
  private let request: ImportRequest
  private let plan: CopyPlan

  init(_ request: ImportRequest, _ plan: CopyPlan) {
    self.request = request
    self.plan = plan
  }

  /// The request as rows name it.
  var subject: String {
    if isRetry { return "the retry of `\(request.importID?.string ?? "")`" }
    return request.location.flatMap(Self.text) ?? "the request"
  }

  /// Whether the request goes on with an import that was begun.
  var isRetry: Bool { request.importID.flatMap(Self.text) != nil }

  mutating func judge() {
    judgeNames()
    guard !isRetry else { return judgeRetry() }
    guard !findEmptyTexts() else { return }
    judgeDestinations()
    judgeSource()
    judgeTimes()
  }

  /// The text of a value that says something.
  private static func text(_ node: Node) -> String? {
    node.scalarText.flatMap { $0.isEmpty ? nil : $0 }
  }

  private mutating func mistake(
    _ message: String, at place: Place?, label: String? = nil, help: String
  ) {
    findings.mistakes.append(Outcome.Draft(message, at: place, label: label, help: help))
  }

  // MARK: Members

  private static let names = [
    "Destinations", "ImportSource", "StartEventTime", "EndEventTime", "ImportId",
  ]
  private static let sourceNames = ["S3LocationUri", "S3BucketRegion", "S3BucketAccessRoleArn"]

  private mutating func judgeNames() {
    judgeNames(of: request.node, known: Self.names)
    if let source = request.node["ImportSource"] { judgeNames(of: source, known: ["S3"]) }
    if let s3 = request.node[path: "ImportSource", "S3"] {
      judgeNames(of: s3, known: Self.sourceNames)
    }
  }

  private mutating func judgeNames(of object: Node, known: [String]) {
    for member in object.members where !known.contains(member.name) {
      let meant = suggestion(for: member.name, among: known)
      mistake(
        "StartImport has no parameter \(quoted(member.name))", at: member.key.place,
        help: meant.map { "did you mean `\($0)`?" } ?? "remove it")
    }
  }

  // MARK: Retry

  /// A retry has the id alone; what else it may have is not documented.
  private mutating func judgeRetry() {
    guard let node = request.importID, let id = Self.text(node) else { return }
    let isID =
      id.utf8.count == 36
      && id.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x66).contains($0) || $0 == 0x2D
      }
    if !isID {
      mistake(
        "\(quoted(id)) is no id of an import", at: node.place,
        label: "36 characters: digits, `a` to `f` and hyphens",
        help: "take the id from `aws cloudtrail list-imports`")
    }
    let others = request.node.members.filter {
      $0.name != "ImportId" && Self.names.contains($0.name)
    }
    if let first = others.first {
      findings.doubts.append(
        (
          "a retry with more than the import's id is not documented",
          Outcome.Draft(
            "whether a retry takes `\(first.name)` is open: it is documented with `ImportId` alone",
            at: first.key.place,
            help: "leave `ImportId` out to begin a new import, or everything else out to retry one")
        ))
    }
  }

  // MARK: Skeleton

  /// Finds the empty texts that a skeleton leaves to be filled in.
  private mutating func findEmptyTexts() -> Bool {
    let named: [(String, Node?)] =
      [("Destinations", request.destinations.first)]
      + [
        ("S3LocationUri", request.location), ("S3BucketRegion", request.bucketRegion),
        ("S3BucketAccessRoleArn", request.role), ("ImportId", request.importID),
      ]
    let empty = named.compactMap { name, node in
      node?.string == "" ? node.map { (name: name, place: $0.place) } : nil
    }
    guard let first = empty.first else { return false }
    var draft = Outcome.Draft(
      "`\(first.name)` is empty", at: first.place,
      help: first.name == "ImportId" ? "remove it: only a retry has one" : "fill it in")
    if empty.count > 1 {
      let names = empty.map { "`\($0.name)`" }
      draft.message =
        "\(names.dropLast().joined(separator: ", ")) and \(names.last ?? "") are empty"
      draft.help = "fill the skeleton in, and remove `ImportId`, which only a retry has"
      draft.related = empty.dropFirst().map { Note("`\($0.name)` is empty too", at: $0.place) }
    }
    findings.mistakes.append(draft)
    return true
  }

  // MARK: Destination

  private mutating func judgeDestinations() {
    guard let list = request.node["Destinations"] else {
      return mistake(
        "the request names no destination", at: request.node.opening,
        help: "add `Destinations` with the ARN of the event data store")
    }
    guard list.kind == .array else {
      return mistake(
        "`Destinations` is a list", at: list.place, help: "put the ARN into brackets")
    }
    guard list.count == 1, let node = request.destinations.first, let text = Self.text(node) else {
      return mistake(
        list.count == 0 ? "the request names no destination" : "an import has one destination",
        at: list.place, label: list.count > 1 ? "\(list.count) destinations" : nil,
        help: "name one event data store")
    }
    guard !text.holdsReference else { return }
    judge(destination: text, node)
  }

  private mutating func judge(destination text: String, _ node: Node) {
    let isPlain =
      (3...256).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
          || [0x2E, 0x5F, 0x2F, 0x2D, 0x3A].contains(byte)
      }
    // The id at the end of the ARN stands for all of it.
    if !text.hasPrefix("arn:"), isPlain, !text.contains(":"), !text.contains("/") { return }
    guard let arn = ARNParts(text), isPlain, arn.service == "cloudtrail",
      arn.resource.hasPrefix("eventdatastore/")
    else {
      let isMisspelt = text.contains(":eventdataStore/")
      return mistake(
        "destination \(quoted(text)) is no event data store", at: node.place,
        label: isMisspelt ? "`eventdatastore/` is written in lower case" : nil,
        help: "write `arn:aws:cloudtrail:REGION:ACCOUNT:eventdatastore/ID`")
    }
    findings.judge(destination: text, at: node.place, plan.facts)
  }

  // MARK: Source

  private mutating func judgeSource() {
    guard let s3 = request.node[path: "ImportSource", "S3"], s3.kind == .object else {
      return mistake(
        "the request names no source",
        at: (request.node["ImportSource"].map(\.opening)) ?? request.node.opening,
        help: "add `ImportSource` with `S3`, which has \(Self.list(Self.sourceNames))")
    }
    let missing = Self.sourceNames.filter { s3[named: $0].flatMap(Self.text) == nil }
    if !missing.isEmpty {
      mistake(
        "the source has no \(Self.list(missing))", at: s3.opening,
        help: "add \(missing.count == 1 ? "it" : "them"): all three are required")
    }
    if let node = request.location, let text = Self.text(node), !text.holdsReference,
      let problem = SourceLocation(text: text).problem
    {
      mistake(problem.message, at: node.place, help: problem.help)
    }
    judgeRegion()
    judgeRole()
  }

  private mutating func judgeRegion() {
    guard let node = request.bucketRegion, let region = Self.text(node), !region.holdsReference
    else { return }
    guard region.isRegionName else {
      return mistake(
        "\(quoted(region)) is no Region", at: node.place,
        help: "write the bucket's Region, such as `us-east-1`")
    }
    let actual = plan.facts.bucketRegion
    guard let name = actual.value, name != region, !name.holdsReference else { return }
    mistake(
      "the source bucket is not in Region `\(region)`", at: node.place,
      label: "it is in `\(name)`", help: "write `\(name)`: the bucket's Region, not the store's")
    if let place = actual.place {
      findings.mistakes[findings.mistakes.count - 1].related = [
        Note("the bucket's Region", at: place)
      ]
    }
  }

  private mutating func judgeRole() {
    guard let node = request.role, let text = Self.text(node), !text.holdsReference,
      !text.isRoleARN
    else { return }
    var label: String?
    if text.contains(":assumed-role/") { label = "a session of a role" }
    if text.contains(":user/") { label = "a user" }
    if !text.hasPrefix("arn:") { label = "not an ARN" }
    mistake(
      "\(quoted(text)) is no ARN of a role", at: node.place, label: label,
      help: "write it with its path, as `arn:aws:iam::111122223333:role/path/name`")
  }

  private static func list(_ names: [String]) -> String {
    let quotedNames = names.map { "`\($0)`" }
    guard let last = quotedNames.last, quotedNames.count > 1 else { return quotedNames.joined() }
    return quotedNames.dropLast().joined(separator: ", ") + " and \(last)"
  }

  // MARK: Times

  private mutating func judgeTimes() {
    let start = time(request.startTime)
    let end = time(request.endTime)
    findings.judge(from: start, to: end, asOf: plan.asOf)
  }

  private mutating func time(_ node: Node?) -> (time: Timestamp, place: Place?)? {
    guard let node, let text = Self.text(node), !text.holdsReference else { return nil }
    guard let time = Timestamp(awsTimestamp: text) else {
      mistake(
        "\(quoted(text)) is no time", at: node.place, help: "write it as `2026-01-31T00:00:00Z`")
      return nil
    }
    return (time, node.place)
  }
}

extension Node {
  /// Where a container begins: its bracket, so that not all of it is shown.
  fileprivate var opening: Place {
    var place = place
    guard kind == .object || kind == .array, place.range.count > 1 else { return place }
    place.range = place.range.lowerBound..<(place.range.lowerBound + 1)
    return place
  }
}
