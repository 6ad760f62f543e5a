import PolicyModel

/// What the `manifest.json` of an S3 Inventory says of its rows.
struct InventoryManifest: Sendable {
  /// The bucket whose objects are listed.
  var bucket: String?
  /// `CSV`, `ORC` or `Parquet`.
  var format: String
  /// When the inventory was made.
  var created: Timestamp?
  /// The files that hold the rows, by the last part of their keys.
  var files: [String]
  /// Which column says what; nil where the schema does not say.
  var columns: InventoryColumns?
  /// Where the manifest is.
  var place: Place

  /// Reads a manifest.
  init(_ root: Node) {
    bucket = root["sourceBucket"]?.string
    format = root["fileFormat"]?.string ?? ""
    // Milliseconds since 1970, as text: Amazon S3 User Guide, "Inventory manifest".
    created = root["creationTimestamp"]?.integer.map { Timestamp(seconds: $0 / 1000) }
    files = root.list("files").compactMap { $0["key"]?.string.map(Self.name) }
    columns = root["fileSchema"]?.string.flatMap(InventoryColumns.init(schema:))
    place = root.place
  }

  /// Whether a file is the `manifest.checksum` that lies beside a manifest: an MD5 in hexadecimal.
  static func isChecksum(_ source: Source) -> Bool {
    let text = source.text.prefix(64)
    let digits = text.prefix { hexadecimalDigit($0) != nil }
    return digits.count == 32 && source.text.count < 64
      && text.dropFirst(32).allSatisfy { $0 <= 0x20 }
  }

  /// The last part of a path, without the ending of what was compressed.
  static func name(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }

  /// Whether a file holds rows of the inventory, by its name.
  func names(_ path: String) -> Bool { files.contains(Self.name(of: path)) }

  /// Why its rows are not read; nil where they can be.
  var obstacle: String? {
    if format.uppercased() != "CSV" {
      return format.isEmpty
        ? "the manifest of the inventory does not say its format"
        : "the inventory is in \(format), of which only CSV is read"
    }
    return columns == nil ? "the manifest of the inventory does not name its columns" : nil
  }
}
