package import PolicyModel

/// The columns of an S3 Inventory, by its manifest's `fileSchema`.
///
/// Amazon S3 User Guide, "Amazon S3 Inventory list": the rows have no header; which columns there
/// are was chosen when the inventory was set up.
package struct InventorySchema: Sendable, Hashable {
  /// The columns that matter.
  enum Column: String, CaseIterable, Sendable {
    case bucket = "Bucket"
    case key = "Key"
    case isLatest = "IsLatest"
    case isDeleteMarker = "IsDeleteMarker"
    case storageClass = "StorageClass"
    case encryption = "EncryptionStatus"
    case tier = "IntelligentTieringAccessTier"
    case bucketKey = "BucketKeyStatus"
  }

  /// What each column of a row is; nil for one that does not matter.
  let columns: [Column?]
  /// The bucket the inventory is of.
  package let bucket: String?
  /// The format of the data files: `CSV`, `ORC` or `Parquet`.
  package let format: String

  /// Reads a manifest; nil where it names no column for keys.
  init?(manifest: Node) {
    guard let schema = manifest["fileSchema"]?.string else { return nil }
    columns = schema.split(separator: ",").map { name in
      Column(rawValue: String(name.drop { $0 == " " }.prefix { $0 != " " }))
    }
    guard columns.contains(.key) else { return nil }
    bucket = manifest["sourceBucket"]?.string
    format = manifest["fileFormat"]?.string ?? "CSV"
  }

  func contains(_ column: Column) -> Bool { columns.contains(column) }
}

/// Reads the rows of an inventory from pieces of any size, in constant memory.
///
///     var reader = InventoryReader(schema, scope: SurveyScope(plan))
///     while let piece = … { reader.consume(piece) }
///     input.surveys.append(reader.finish())
package struct InventoryReader: Sendable {
  private let schema: InventorySchema
  private var tally: ObjectTally
  private let bucket: [UInt8]?
  /// The start of a row whose end has not come yet.
  private var rest: [UInt8] = []
  /// Whether the row at hand is too long and is skipped to its end.
  private var isSkipping = false
  /// Where the row at hand begins in the whole text.
  private var offset = 0
  /// How many rows were read.
  package private(set) var rowCount = 0

  /// Stops a row without an end: keys have at most 1024 bytes, three times as many encoded.
  private static let longestRow = 1 << 16

  package init(_ schema: InventorySchema, scope: SurveyScope, source: Source? = nil) {
    self.schema = schema
    bucket = scope.bucket.map { Array($0.utf8) }
    tally = ObjectTally(origin: "the S3 Inventory", scope: scope, source: source)
  }

  /// Whether a text begins like rows of an inventory: a field between quotes, and a comma.
  ///
  /// A document that begins with a quote is a string with a document in it.
  package static func canRead(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.first == UInt8(ascii: "\"") else { return false }
    let line = text.prefix(longestRow).prefix { $0 != UInt8(ascii: "\n") }
    guard let end = line.dropFirst().firstIndex(of: UInt8(ascii: "\"")) else { return false }
    return line[(end + 1)...].starts(with: ",\"".utf8)
  }

  /// Reads the next piece of the text.
  package mutating func consume(_ piece: ArraySlice<UInt8>) {
    var start = piece.startIndex
    while start < piece.endIndex {
      guard let end = piece[start...].firstIndex(of: UInt8(ascii: "\n")) else {
        keep(piece[start...])
        return
      }
      if isSkipping {
        isSkipping = false
        offset += end - start + 1
      } else if rest.isEmpty {
        read(piece[start..<end])
        offset += end - start + 1
      } else {
        rest += piece[start..<end]
        let row = rest
        rest.removeAll(keepingCapacity: true)
        read(row[...])
        offset += row.count + 1
      }
      start = end + 1
    }
  }

  private mutating func keep(_ part: ArraySlice<UInt8>) {
    if isSkipping {
      offset += part.count
      return
    }
    rest += part
    guard rest.count > Self.longestRow else { return }
    rowCount += 1
    tally.addUnreadable(rowCount, offset..<offset)
    offset += rest.count
    rest.removeAll(keepingCapacity: true)
    isSkipping = true
  }

  /// Ends reading.
  package consuming func finish() -> ObjectSurvey {
    if !rest.isEmpty {
      let row = rest
      rest = []
      read(row[...])
    }
    return tally.finished(isComplete: true, tellsEncryption: schema.contains(.encryption))
  }

  /// Reads one row: fields between quotes and commas, a quote in a field doubled.
  private mutating func read(_ row: ArraySlice<UInt8>) {
    var end = row.endIndex
    if row.last == UInt8(ascii: "\r") { end -= 1 }
    guard end > row.startIndex else { return }
    rowCount += 1
    var object = ObjectRow(key: [], number: rowCount, range: offset..<offset)
    var column = 0
    var index = row.startIndex
    var isOther = false
    var hasKey = false
    while index <= end {
      var from = index
      var to = index
      var hasQuotes = false
      if index < end, row[index] == UInt8(ascii: "\"") {
        from += 1
        index += 1
        while index < end {
          if row[index] == UInt8(ascii: "\"") {
            guard index + 1 < end, row[index + 1] == UInt8(ascii: "\"") else { break }
            hasQuotes = true
            index += 1
          }
          index += 1
        }
        guard index < end else {
          return tally.addUnreadable(rowCount, offset..<(offset + row.count))
        }
        to = index
        index += 1
      } else {
        while index < end, row[index] != UInt8(ascii: ",") { index += 1 }
        to = index
      }
      guard index >= end || row[index] == UInt8(ascii: ","), column < schema.columns.count,
        to <= end
      else { return tally.addUnreadable(rowCount, offset..<(offset + row.count)) }
      if let meaning = schema.columns[column] {
        let field = hasQuotes ? Self.unquoted(row[from..<to]) : row[from..<to]
        switch meaning {
        case .bucket: isOther = bucket.map { !field.elementsEqual($0) } ?? false
        case .key:
          hasKey = true
          object.key = URLDecoding.decoded(field)
          object.range = (offset + from - row.startIndex)..<(offset + to - row.startIndex)
        case .isLatest: if field.elementsEqual(Self.no) { object.isPast = true }
        case .isDeleteMarker: if field.elementsEqual(Self.yes) { object.isPast = true }
        case .storageClass: object.storageClass = field
        case .encryption: object.encryption = field
        case .tier: object.tier = field
        case .bucketKey: object.bucketKey = field
        }
      }
      column += 1
      index += 1
    }
    guard hasKey, column == schema.columns.count else {
      return tally.addUnreadable(rowCount, offset..<(offset + row.count))
    }
    if !isOther { tally.add(object) }
  }

  private static let yes = Array("true".utf8)
  private static let no = Array("false".utf8)

  private static func unquoted(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var result: [UInt8] = []
    var isSecond = false
    for byte in field {
      if byte == UInt8(ascii: "\""), !isSecond {
        isSecond = true
        result.append(byte)
      } else if byte == UInt8(ascii: "\"") {
        isSecond = false
      } else {
        isSecond = false
        result.append(byte)
      }
    }
    return result[...]
  }
}
