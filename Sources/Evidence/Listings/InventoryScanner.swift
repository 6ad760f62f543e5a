import PolicyModel

/// Reads the rows of an S3 Inventory in pieces.
///
/// They have no header; all fields are quoted, and keys are encoded for a URL: Amazon S3 User Guide,
/// "Amazon S3 Inventory list".
struct InventoryScanner {
  /// Where the row that was read last begins.
  private(set) var unit = 0
  /// Rows of other buckets than the source.
  private(set) var foreignRows = 0
  private let columns: InventoryColumns
  private let bucket: [UInt8]?
  private var isFirstRow = true
  private var decoder = KeyDecoder()
  /// The fields of the present row that have a role, by role; empty ranges for those it lacks.
  private var fields = [Range<Int>](repeating: 0..<0, count: InventoryColumns.Role.allCases.count)

  /// Reads rows by their columns; of another bucket than the source, where that is known, none count.
  init(_ columns: InventoryColumns, bucket: [UInt8]?) {
    self.columns = columns
    self.bucket = bucket
  }

  /// Reads on as far as whole rows reach; at the end of the file a last row needs no line end.
  ///
  /// - Returns: how much was read.
  mutating func scan(
    _ text: Span<UInt8>, isAtEnd: Bool, _ tally: inout ListingTally,
    _ places: inout ListingPlaces
  ) throws(ListingStop) -> Int {
    unit = 0
    while unit < text.count {
      let byte = text[unit]
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        unit += 1
        continue
      }
      let end: Int
      do throws(ListingStop) {
        end = try readFields(text, from: unit, isAtEnd: isAtEnd)
      } catch .unfinished {
        if isAtEnd { throw .malformed(at: unit, "a quote of this row is never closed") }
        return unit
      }
      count(text, unit..<end, &tally, &places)
      unit = end
    }
    return unit
  }

  // MARK: - Fields

  /// Finds the fields of a row.
  ///
  /// - Returns: where the row's line end begins.
  private mutating func readFields(
    _ text: Span<UInt8>, from start: Int, isAtEnd: Bool
  ) throws(ListingStop) -> Int {
    var at = start
    var column = 0
    while true {
      let field: Range<Int>
      if at < text.count, text[at] == UInt8(ascii: "\"") {
        let end = try quotedEnd(text, from: at + 1)
        field = (at + 1)..<end
        at = end + 1
      } else {
        let begin = at
        while at < text.count, !Self.endsField(text[at]) { at += 1 }
        field = begin..<at
      }
      // What follows may be in the next piece: only a byte that is there ends a field.
      guard at < text.count || isAtEnd else { throw .unfinished }
      if column < columns.roles.count, let role = columns.roles[column] {
        fields[Int(role.rawValue)] = field
      }
      column += 1
      if at < text.count, text[at] == UInt8(ascii: ",") {
        at += 1
        continue
      }
      guard at == text.count || Self.endsField(text[at]) else {
        throw .malformed(at: at, "expected `,` or the line's end after this field")
      }
      guard column == columns.roles.count else {
        throw .malformed(
          at: start,
          "a row has \(column) fields, but the manifest's `fileSchema` \(columns.roles.count)")
      }
      return at
    }
  }

  private func quotedEnd(_ text: Span<UInt8>, from start: Int) throws(ListingStop) -> Int {
    var at = start
    while at < text.count {
      if text[at] == UInt8(ascii: "\"") {
        guard at + 1 < text.count, text[at + 1] == UInt8(ascii: "\"") else { return at }
        at += 1
      }
      at += 1
    }
    throw .unfinished
  }

  private static func endsField(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private func field(_ role: InventoryColumns.Role) -> Range<Int> { fields[Int(role.rawValue)] }

  // MARK: - Rows

  private mutating func count(
    _ text: Span<UInt8>, _ record: Range<Int>, _ tally: inout ListingTally,
    _ places: inout ListingPlaces
  ) {
    defer { isFirstRow = false }
    if isFirstRow, isHeader(text) { return }
    // Older versions and delete markers are not read by anybody.
    if text.has("false", in: field(.isLatest)) || text.has("true", in: field(.isDeleteMarker)) {
      return
    }
    guard isOfBucket(text) else {
      foreignRows += 1
      return
    }
    var object = ListedObject()
    let storage = field(.storageClass)
    object.storage = ListedObject.Storage(text, storage)
    if object.storage == .intelligentTiering {
      object.tier = ListedObject.Tier(text, field(.tier))
    }
    object.encryption = ListedObject.Encryption(text, field(.encryption))
    if text.has("ENABLED", in: field(.bucketKey)) { object.usesBucketKey = true }
    if text.has("DISABLED", in: field(.bucketKey)) { object.usesBucketKey = false }

    let key = field(.key)
    let isDecoded = decoder.decodeURL(text, key)
    let notes =
      isDecoded
      ? tally.count(decoder.key.span, object) : tally.count(text.extracting(key), object)
    guard !notes.isEmpty else { return }
    let name = isDecoded ? String(decoding: decoder.key, as: UTF8.self) : text.text(key)
    let shown = storage.isEmpty ? key : object.tier == .archive ? field(.tier) : storage
    tally.keep(
      notes, object, key: name, storage: text.text(shown == key ? 0..<0 : shown),
      keyPlace: places.place(of: Self.quoted(key, text), in: record, text),
      storagePlace: places.place(of: Self.quoted(shown, text), in: record, text))
  }

  /// Whether the first row holds the columns' names, as a query's result does.
  private func isHeader(_ text: Span<UInt8>) -> Bool {
    InventoryColumns.Role.allCases.allSatisfy { role in
      !columns.has(role)
        || text.text(field(role)).lowercased() == role.name.lowercased()
    }
  }

  private func isOfBucket(_ text: Span<UInt8>) -> Bool {
    let range = field(.bucket)
    guard let bucket, columns.has(.bucket) else { return true }
    guard range.count == bucket.count else { return false }
    for at in bucket.indices where text[range.lowerBound + at] != bucket[at] { return false }
    return true
  }

  /// A field's range with its quotes.
  private static func quoted(_ range: Range<Int>, _ text: Span<UInt8>) -> Range<Int> {
    let start = range.lowerBound - 1
    guard start >= 0, text[start] == UInt8(ascii: "\""), range.upperBound < text.count,
      text[range.upperBound] == UInt8(ascii: "\"")
    else { return range }
    return start..<(range.upperBound + 1)
  }
}
