import PolicyModel

/// One object of a listing or an inventory, as far as its row tells.
struct ObjectRow {
  /// The key, decoded.
  var key: ArraySlice<UInt8>
  /// The storage class; nil or empty for the common one.
  var storageClass: ArraySlice<UInt8>?
  /// The tier of Intelligent-Tiering.
  var tier: ArraySlice<UInt8>?
  /// Whether a restore is in progress; nil without a restore.
  var isRestoring: Bool?
  /// Until when a restored copy is there.
  var restoredUntil: Timestamp?
  /// The status, such as `SSE-KMS`.
  var encryption: ArraySlice<UInt8>?
  /// `ENABLED` or `DISABLED`.
  var bucketKey: ArraySlice<UInt8>?
  /// Whether it is a deleted object or an older version, which an import does not read.
  var isPast = false
  /// The row's number, from 1.
  var number: Int
  /// Where the key stands in the text.
  var range: Range<Int>
}

/// Counts objects into a survey, row by row.
struct ObjectTally: Sendable {
  private(set) var survey: ObjectSurvey
  private let scope: SurveyScope
  private let prefix: [UInt8]
  /// The text the rows stand in; nil where it is read past.
  private let source: Source?

  init(origin: String, scope: SurveyScope, source: Source?) {
    survey = ObjectSurvey(origin: origin)
    survey.place = source.map { Place(source: $0, range: 0..<0) }
    self.scope = scope
    self.source = source
    prefix = Array(scope.prefix.utf8)
  }

  /// Counts one object.
  mutating func add(_ row: ObjectRow) {
    guard !row.isPast, row.key.starts(with: prefix) else { return }
    let kind = ObjectKind(row.key)
    guard kind != .folder else { return }
    survey.count += 1
    switch kind {
    case .logFile(let day):
      survey.logFiles += 1
      note(day, row)
    case .uncompressedLogFile(let day):
      survey.uncompressed.add(row, in: source)
      note(day, row)
    case .digest: survey.digests.add(row, in: source)
    case .foreign: survey.foreign.add(row, in: source)
    case .folder: break
    }
    addStorage(row)
    addEncryption(row)
  }

  /// Counts a row that cannot be read.
  mutating func addUnreadable(_ number: Int, _ range: Range<Int>) {
    survey.unreadable.add(ObjectRow(key: [], number: number, range: range), in: source)
  }

  /// Ends counting; `isComplete` says whether the rows are all there are.
  consuming func finished(isComplete: Bool, tellsEncryption: Bool) -> ObjectSurvey {
    survey.isComplete = isComplete && survey.unreadable.count == 0
    survey.tellsEncryption = tellsEncryption
    return survey
  }

  private mutating func note(_ day: Int, _ row: ObjectRow) {
    if survey.oldestDay.map({ day < $0 }) ?? true {
      survey.oldestDay = day
      survey.oldest = ObjectSurvey.Example(row, in: source)
    }
    if survey.newestDay.map({ day > $0 }) ?? true { survey.newestDay = day }
  }

  /// Amazon S3 User Guide, "Restoring an archived object": objects in these classes and tiers must
  /// be restored before they can be read.
  private mutating func addStorage(_ row: ObjectRow) {
    guard let storageClass = row.storageClass, !storageClass.isEmpty else { return }
    if storageClass.elementsEqual(Self.intelligentTiering) {
      guard let tier = row.tier, !tier.isEmpty else {
        survey.unknownTier.add(row, in: source)
        return
      }
      guard Self.archiveTiers.contains(where: tier.elementsEqual) else { return }
    } else {
      guard Self.archiveClasses.contains(where: storageClass.elementsEqual) else { return }
    }
    if row.isRestoring == true {
      survey.restoring.add(row, in: source)
    } else if row.isRestoring == false, let until = row.restoredUntil, until > scope.asOf {
      return
    } else {
      survey.archived.add(row, in: source)
    }
  }

  private mutating func addEncryption(_ row: ObjectRow) {
    guard let encryption = row.encryption, !encryption.isEmpty else {
      survey.encryption.unknown += 1
      return
    }
    if encryption.elementsEqual(Self.customerKey) {
      survey.encryption.customer.add(row, in: source)
    } else if encryption.firstRange(of: Self.kms) != nil {
      survey.encryption.withKey += 1
      if let bucketKey = row.bucketKey, bucketKey.elementsEqual(Self.enabled) {
        survey.encryption.bucketKey += 1
      } else if let bucketKey = row.bucketKey, !bucketKey.isEmpty {
        survey.encryption.ownKey += 1
      }
    } else {
      survey.encryption.withoutKey += 1
    }
  }

  private static let intelligentTiering = Array("INTELLIGENT_TIERING".utf8)
  private static let archiveClasses = ["GLACIER", "DEEP_ARCHIVE", "OUTPOSTS"].map {
    Array($0.utf8)
  }
  private static let archiveTiers = [
    "ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS", "ARCHIVE", "DEEP_ARCHIVE",
  ].map { Array($0.utf8) }
  private static let customerKey = Array("SSE-C".utf8)
  private static let kms = Array("KMS".utf8)
  private static let enabled = Array("ENABLED".utf8)
}

extension ObjectSurvey.Example {
  init(_ row: ObjectRow, in source: Source?) {
    self.init(
      key: String(decoding: row.key, as: UTF8.self), number: row.number,
      place: source.map { Place(source: $0, range: row.range) })
  }
}

/// Undoes the encoding of keys in listings and inventories, once.
enum URLDecoding {
  /// The bytes that `%41` and `+` stand for.
  static func decoded(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
      return text
    }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(text.count)
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if byte == UInt8(ascii: "%"), index + 2 < text.endIndex,
        let high = digit(text[index + 1]), let low = digit(text[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        index += 1
      }
    }
    return decoded[...]
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
