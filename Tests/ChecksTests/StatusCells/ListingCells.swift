import PolicyModel

@testable import Checks
@testable import Evidence

extension StatusCell {
  /// What a listing and the bucket's lifecycle show of the log files.
  static let listing: [StatusCell] = archives + compression + foreign + expiry + prefix

  private static let archives = [
    StatusCell("archived-objects", .proven) { _ in },
    StatusCell("archived-objects", .violated) {
      $0.change = { $0.listing?.archived = [.glacier: .one("GLACIER")] }
    },
    StatusCell("archived-objects", .open) {
      $0.change = {
        $0.listing = nil
        $0.lifecycle = [.one(transition: 365, to: "DEEP_ARCHIVE")]
      }
    },
    StatusCell("archived-objects", .notChecked) { $0.change = { $0.listing = nil } },
    StatusCell("archived-objects", .notApplicable, cannotBe: "every log file has a storage class"),
  ]

  private static let compression = [
    StatusCell("gzip-log-files", .proven) { _ in },
    StatusCell("gzip-log-files", .violated) {
      $0.change = { $0.listing?.uncompressed = .one("") }
    },
    StatusCell("gzip-log-files", .open, cannotBe: "a name ends in `.gz` or not"),
    StatusCell("gzip-log-files", .notChecked) {
      $0.change = { $0.listing?.gap = "the listing was cut short after 1000 objects" }
    },
    StatusCell("gzip-log-files", .notApplicable, cannotBe: "every copy reads log files"),
  ]

  private static let foreign = [
    StatusCell("foreign-files", .proven) { _ in },
    StatusCell("foreign-files", .violated) {
      $0.change = {
        $0.listing?.foreign = .one(ForeignKind.service.rawValue)
        $0.listing?.foreignByKind = [.service: 1]
      }
    },
    StatusCell("foreign-files", .open, cannotBe: "a file is a log file or not"),
    StatusCell("foreign-files", .notChecked) { $0.change = { $0.listing = nil } },
    StatusCell("foreign-files", .notApplicable, cannotBe: "every copy has a source"),
  ]

  private static let expiry = [
    StatusCell("log-expiry", .proven) { _ in },
    StatusCell("log-expiry", .violated) { $0.change = { $0.lifecycle = [.one(expiration: 365)] } },
    StatusCell("log-expiry", .open) {
      $0.change = { $0.lifecycle = [.one(expiration: 365, isPartial: true)] }
    },
    StatusCell("log-expiry", .notChecked) { $0.change = { $0.lifecycle = nil } },
    StatusCell("log-expiry", .notApplicable, cannotBe: "every bucket has a lifecycle or none"),
  ]

  private static let prefix = [
    StatusCell("copy-prefix", .proven) { _ in },
    StatusCell("copy-prefix", .violated) {
      $0.change = {
        $0.listing = nil
        $0.facts.prefix = .stated("AWSLogs/111122223333/CloudTrail", by: "`--source`")
      }
    },
    StatusCell("copy-prefix", .open, cannotBe: "prefixes are compared: known or not checked"),
    StatusCell("copy-prefix", .notChecked) { $0.change = { $0.listing = nil } },
    StatusCell("copy-prefix", .notApplicable, cannotBe: "every copy has a source"),
  ]

  /// The notes about the guide's statements.
  static let documented = [
    StatusCell("documented-bucket-statement", .proven) { _ in },
    StatusCell("documented-bucket-statement", .violated) { $0.grantToAccount(\.bucketDocument) },
    StatusCell(
      "documented-bucket-statement", .open, cannotBe: "a statement names the role or does not"),
    StatusCell("documented-bucket-statement", .notChecked) {
      $0.change = { $0.bucket = .notGiven("--bucket", "the bucket policy") }
    },
    StatusCell("documented-bucket-statement", .notApplicable) {
      $0.grantToAccount(\.bucketDocument)
      $0 = $0.replacing(\.roleText, "\"s3:GetObject\"", "\"s3:GetObjectVersion\"")
    },
    StatusCell("documented-key-statement", .proven) { _ in },
    StatusCell("documented-key-statement", .violated) { $0.grantToAccount(\.keyText) },
    StatusCell(
      "documented-key-statement", .open, cannotBe: "a statement names the role or does not"),
    StatusCell("documented-key-statement", .notChecked) {
      $0.change = { $0.keys[0].policy = .notGiven("--key", "the key policy") }
    },
    StatusCell("documented-key-statement", .notApplicable) {
      $0.change = {
        $0.keys = []
        $0.facts.isWithoutKeys = .stated(true, by: "`--key none`")
      }
    },
  ]
}

extension SampleCopy {
  /// Lets the role's account in where the role stands.
  mutating func grantToAccount(_ document: WritableKeyPath<SampleCopy, String>) {
    self = replacing(document, Self.role, "arn:aws:iam::111122223333:root")
  }
}

extension ListingSummary.Group {
  /// One object.
  static func one(_ detail: String) -> Self {
    let source = Source(path: "listing.json", "{}")
    return Self(
      count: 1,
      examples: [
        ListingSummary.Example(
          key: "AWSLogs/111122223333/CloudTrail/us-east-1/2026/01/01/x", detail: detail,
          place: Place(source: source, range: 0..<2))
      ])
  }
}

extension LifecycleRule {
  /// One rule for the whole bucket; dates are days after the moment that the sample is judged at.
  static func one(
    expiration: Int? = nil, on date: Int? = nil, transition: Int? = nil,
    archivedOn transitionDate: Int? = nil, to storageClass: String = "GLACIER",
    prefix: String = "", isPartial: Bool = false
  ) -> LifecycleRule {
    let source = Source(path: "lifecycle.json", "{}")
    let place = Place(source: source, range: 0..<2)
    let moment = { (days: Int?, date: Int?) -> Moment? in
      days.map { .after(days: $0) }
        ?? date.map { .on(Timestamp(seconds: 1_795_219_200 + $0 * 86_400)) }
    }
    let transitions = moment(transition, transitionDate).map {
      [Transition($0, storageClass: storageClass, place: place)]
    }
    return LifecycleRule(
      prefix: prefix, expiration: moment(expiration, date), expirationPlace: place,
      transitions: transitions ?? [], isPartial: isPartial, place: place)
  }
}
