public import PolicyModel

/// The input of `start-import`, as far as it says what is asked for.
public struct ImportRequest: Sendable {
  /// The whole input.
  public var node: Node
  /// `ImportId`, of a retry; nil where there is none, empty in a skeleton.
  public var importID: Node?
  /// `Destinations`.
  public var destinations: [Node]
  /// `S3LocationUri`, whatever its form.
  public var location: Node?
  /// `S3BucketRegion`.
  public var bucketRegion: Node?
  /// `S3BucketAccessRoleArn`.
  public var role: Node?
  /// `StartEventTime`.
  public var startTime: Node?
  /// `EndEventTime`.
  public var endTime: Node?

  init(_ node: Node) {
    self.node = node
    importID = node["ImportId"]
    destinations = Array(node.list("Destinations"))
    let s3 = node[path: "ImportSource", "S3"]
    location = s3?["S3LocationUri"]
    bucketRegion = s3?["S3BucketRegion"]
    role = s3?["S3BucketAccessRoleArn"]
    startTime = node["StartEventTime"]
    endTime = node["EndEventTime"]
  }
}

/// A trail that a document describes.
public struct Trail: Sendable {
  /// The trail's name.
  public var name: String
  /// The trail's ARN.
  public var arn: Fact<String>
  /// The bucket it delivers to.
  public var bucket: Fact<String>
  /// The prefix before `AWSLogs/`, without a slash at its end; nil where it has none.
  public var prefix: String?
  /// Whether it collects the events of an organization.
  public var isOrganizationTrail: Bool?

  init(_ record: TrailRecord) {
    name = record.name
    arn = record.arn.map(\.stated) ?? .unknown
    bucket = record.bucket.map(\.stated) ?? .unknown
    prefix = record.prefix.flatMap { $0.isEmpty ? nil : $0 }
    isOrganizationTrail = record.isOrganizationTrail
  }
}

/// What `list-grants` says of the grants of a key.
public struct Grants: Sendable {
  /// The grants.
  public var grants: [Node]
  /// Whether these are all of the key's grants.
  public var isComplete: Bool
  /// Where the list stands.
  public var place: Place
}
