import PolicyModel

extension Shape {
  /// What `start-import --cli-input-json` takes; a retry has the id of the import alone.
  static let startImportInput = Shape(
    "the input of `aws cloudtrail start-import`",
    matches: { root in
      root.kind == .object && !root.has("ImportStatus") && !root.has("CreatedTimestamp")
        && (root.has("Destinations", "ImportSource") || root.hasObject("ImportSource")
          || (root.has("ImportId") && root.members.allSatisfy { memberNames.contains($0.name) }))
    },
    read: { $1.keep(import: $0, as: .input) })

  private static let memberNames: Set = [
    "Destinations", "ImportSource", "StartEventTime", "EndEventTime", "ImportId",
  ]

  /// What `start-import` answers: the import that it began.
  static let startImportAnswer = Shape.answer(
    "cloudtrail start-import",
    matches: { root in
      root.has("ImportId", "ImportStatus") && root.hasObject("ImportSource")
        && !root.has("ImportStatistics") && !root.has("UpdatedTimestamp")
    },
    read: { $1.keep(import: $0, as: .answer) })

  /// What is known of an import that was begun.
  static let getImport = Shape.answer(
    "cloudtrail get-import",
    matches: { root in
      root.has("ImportId", "ImportStatus")
        && (root.hasObject("ImportSource") || root.has("ImportStatistics"))
    },
    read: { $1.keep(import: $0, as: .answer) })
}

extension ShapeReader {
  fileprivate mutating func keep(import root: Node, as kind: ImportRecord.Kind) {
    dossier.imports.append(
      ImportRecord(kind: kind, id: text(root["ImportId"]), node: root, reader: self))
  }
}

extension ImportRecord {
  fileprivate init(kind: Kind, id: Said<String>?, node: Node, reader: ShapeReader) {
    self.kind = kind
    self.id = id
    let s3 = node[path: "ImportSource", "S3"]
    source = reader.text(s3?["S3LocationUri"])?.map(S3Location.init)
    region = reader.text(s3?["S3BucketRegion"], where: AWSNames.isRegion)
    role = reader.text(s3?["S3BucketAccessRoleArn"], where: AWSNames.isRoleARN)
    destination = node.list("Destinations").lazy.compactMap { reader.text($0) }.first
    // A skeleton holds empty texts, and its times mean as little.
    let isFilledIn = source != nil || role != nil
    startTime = isFilledIn ? reader.moment(node["StartEventTime"]) : nil
    endTime = isFilledIn ? reader.moment(node["EndEventTime"]) : nil
    status = reader.text(node["ImportStatus"])
    self.node = node
  }
}
