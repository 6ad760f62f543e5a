import PolicyModel

@testable import Evidence

/// Listings of one made-up bucket.
enum ListingTexts {
  static let prefix = "AWSLogs/222233334444/CloudTrail/"

  /// The key of a log file of a day, such as `2025/03/04`.
  static func key(_ day: String, ending: String = ".json.gz", unique: String = "AbCdEfGhIjKlMnOp")
    -> String
  {
    let digits = day.split(separator: "/").joined()
    return "\(prefix)eu-west-1/\(day)/222233334444_CloudTrail_eu-west-1_\(digits)T0210Z_"
      + "\(unique)\(ending)"
  }

  /// An element of `Contents`.
  static func object(_ key: String, class storage: String? = "STANDARD", more: String = "")
    -> String
  {
    let storage = storage.map { ", \"StorageClass\": \"\($0)\"" } ?? ""
    return "{\"Key\": \"\(key)\", \"Size\": 4711\(storage)\(more)}"
  }

  /// An answer of `list-objects-v2`.
  static func answer(_ objects: [String], more: String = "") -> String {
    "{\n  \"Contents\": [\n    \(objects.joined(separator: ",\n    "))\n  ]\(more)\n}\n"
  }

  static let schema = [
    "Bucket", "Key", "VersionId", "IsLatest", "IsDeleteMarker", "Size", "StorageClass",
    "EncryptionStatus", "IntelligentTieringAccessTier", "BucketKeyStatus",
  ]

  /// The manifest of an inventory.
  static func manifest(
    format: String = "CSV", bucket: String = Scenario.bucket, files: [String] = ["data/1.csv.gz"]
  ) -> String {
    """
    {"sourceBucket": "\(bucket)", "destinationBucket": "arn:aws:s3:::inventories",
     "version": "2016-11-30", "creationTimestamp": "1794960000000", "fileFormat": "\(format)",
     "fileSchema": "\(schema.joined(separator: ", "))",
     "files": [\(files.map { "{\"key\": \"\($0)\"}" }.joined(separator: ", "))]}
    """
  }

  /// A row of an inventory.
  static func row(
    _ key: String, class storage: String = "STANDARD", encryption: String = "SSE-KMS",
    tier: String = "", bucketKey: String = "ENABLED", bucket: String = Scenario.bucket,
    isLatest: Bool = true, isDeleteMarker: Bool = false
  ) -> String {
    let fields = [
      bucket, key, "v1", "\(isLatest)", "\(isDeleteMarker)", "4711", storage, encryption, tier,
      bucketKey,
    ]
    return fields.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
  }

  static let scope = ListingScope(
    bucket: Scenario.bucket, prefix: prefix, asOf: Timestamp(seconds: 1_795_000_000))

  static var columns: InventoryColumns? {
    InventoryColumns(schema: schema.joined(separator: ", "))
  }
}

extension ListingSummary {
  /// Everything the summary holds, with positions instead of places: what a reader sees.
  var lines: [String] {
    var lines = [
      "objects \(objects)", "log files \(logFiles)", "restored \(restored)",
      "restored until \(restoredUntil?.iso8601 ?? "-")", "unknown class \(unknownClass)",
      "newest \(newest?.iso8601 ?? "-")",
      "oldest \(oldest.map { "\($0.moment.iso8601) \($0.place.shown)" } ?? "-")",
      "encryption \(encryption.map { "\($0)" } ?? "-")",
    ]
    for archive in Archive.allCases {
      lines += (archived[archive] ?? Group()).lines("archived \(archive.rawValue)")
    }
    lines += unknownTier.lines("unknown tier") + uncompressed.lines("uncompressed")
    lines += foreign.lines("foreign") + elsewhere.lines("elsewhere")
    lines += foreignByKind.map { "\($0.rawValue): \($1)" }.sorted()
    lines += elsewhereFolders.map { "folder \($0.prefix): \($0.count)" }
    return lines
  }
}

extension ListingSummary.Group {
  fileprivate func lines(_ name: String) -> [String] {
    ["\(name) \(count)"]
      + examples.map { "\(name): \($0.key) \($0.detail) \($0.place.shown)" }
  }
}

extension Place {
  /// Path, line, column and offset, and the text there.
  fileprivate var shown: String {
    let position = LineIndex(source).position(of: range.lowerBound)
    let text = String(decoding: source.text[range], as: UTF8.self)
    return "\(source.path):\(position.line):\(position.column) (\(start)) \(text) \(pointer)"
  }
}
