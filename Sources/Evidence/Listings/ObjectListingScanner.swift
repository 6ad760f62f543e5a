import PolicyModel

/// Reads the answer of `list-objects-v2` in pieces: each object as it passes by.
///
/// Every other list of the answer is passed over element by element too, so that the memory it needs
/// is that of one element.
struct ObjectListingScanner {
  /// What the answer says beside the objects.
  private(set) var header = ListingHeader()
  /// Where the value that was read last begins.
  private(set) var unit = 0
  private var state = State.start
  private var position = 0
  private var decoder = KeyDecoder()
  /// The same objects with their keys decoded, from the first key on for which it matters: whether
  /// keys are encoded, the answer says after them.
  private(set) var decodedTally: ListingTally?

  private enum State: Equatable {
    case start
    case member(isFirst: Bool)
    case element(List, isFirst: Bool)
    case end
  }

  /// A list of the answer.
  private enum List: Equatable {
    case objects
    /// The objects alone, as `--query Contents` prints them.
    case onlyObjects
    case commonPrefixes
    case other
  }

  /// Whether the answer is complete.
  var isAtEnd: Bool { state == .end }

  /// Reads on as far as whole values reach.
  ///
  /// - Returns: how much was read.
  mutating func scan(
    _ text: Span<UInt8>, _ tally: inout ListingTally, _ places: inout ListingPlaces
  ) throws(ListingStop) -> Int {
    var read = 0
    while true {
      unit = JSONScan.space(text, from: read)
      guard unit < text.count else { return unit }
      do throws(ListingStop) {
        read = try step(text, from: unit, &tally, &places)
      } catch .unfinished {
        return unit
      }
    }
  }

  private mutating func step(
    _ text: Span<UInt8>, from at: Int, _ tally: inout ListingTally,
    _ places: inout ListingPlaces
  ) throws(ListingStop) -> Int {
    switch state {
    case .start:
      switch text[at] {
      case UInt8(ascii: "{"): state = .member(isFirst: true)
      case UInt8(ascii: "["): state = .element(.onlyObjects, isFirst: true)
      default: throw .malformed(at: at, "expected a listing")
      }
      return at + 1
    case .member(let isFirst):
      if text[at] == UInt8(ascii: "}") {
        state = .end
        return at + 1
      }
      return try readMember(text, from: try next(text, from: at, isFirst: isFirst, close: "}"))
    case .element(let list, let isFirst):
      if text[at] == UInt8(ascii: "]") {
        state = list == .onlyObjects ? .end : .member(isFirst: false)
        return at + 1
      }
      let start = try next(text, from: at, isFirst: isFirst, close: "]")
      let end: Int
      switch list {
      case .objects, .onlyObjects:
        end = try readObject(text, from: start, in: list, &tally, &places)
        position += 1
      case .commonPrefixes, .other:
        end = try JSONScan.value(text, from: start)
        if list == .commonPrefixes { header.hasCommonPrefixes = true }
      }
      state = .element(list, isFirst: false)
      return end
    case .end: throw .malformed(at: at, "the listing has ended, but the file goes on")
    }
  }

  /// Where the next element or member begins, after the comma before it.
  private func next(
    _ text: Span<UInt8>, from at: Int, isFirst: Bool, close: String
  ) throws(ListingStop) -> Int {
    if isFirst { return at }
    guard text[at] == UInt8(ascii: ",") else {
      throw .malformed(at: at, "expected `,` or `\(close)` after this value")
    }
    return try JSONScan.byte(text, from: at + 1).at
  }

  private mutating func readMember(
    _ text: Span<UInt8>, from at: Int
  ) throws(ListingStop) -> Int {
    guard text[at] == UInt8(ascii: "\"") else {
      throw .malformed(at: at, "expected a name in quotes")
    }
    let nameEnd = try JSONScan.string(text, from: at)
    let name = (at + 1)..<(nameEnd - 1)
    let colon = try JSONScan.byte(text, from: nameEnd)
    guard colon.byte == UInt8(ascii: ":") else {
      throw .malformed(at: colon.at, "expected `:` after the name")
    }
    let value = try JSONScan.byte(text, from: colon.at + 1)
    if value.byte == UInt8(ascii: "[") {
      let list: List =
        text.has("Contents", in: name)
        ? .objects : text.has("CommonPrefixes", in: name) ? .commonPrefixes : .other
      state = .element(list, isFirst: true)
      return value.at + 1
    }
    let end = try JSONScan.value(text, from: value.at)
    header.read(text, name: name, value: value.at..<end)
    state = .member(isFirst: false)
    return end
  }

  // MARK: - Objects

  private mutating func readObject(
    _ text: Span<UInt8>, from start: Int, in list: List, _ tally: inout ListingTally,
    _ places: inout ListingPlaces
  ) throws(ListingStop) -> Int {
    guard text[start] == UInt8(ascii: "{") else {
      throw .malformed(at: start, "expected an object of the bucket")
    }
    // Nothing is counted before the last member was read: an unfinished object is read again.
    var members = JSONMembers(objectAt: start)
    var object = ListedObject()
    var key: Range<Int>?
    var storage: Range<Int>?
    while let member = try members.next(text) {
      let isText = text[member.value.lowerBound] == UInt8(ascii: "\"")
      if isText, text.has("Key", in: member.name) {
        key = member.value
      } else if isText, text.has("StorageClass", in: member.name) {
        storage = member.value
        object.storage = ListedObject.Storage(text, member.value.inner)
      } else if text.has("RestoreStatus", in: member.name) {
        object.restore = try ListedObject.Restore(text, member.value)
      }
    }
    guard let key else {
      header.hasObjectWithoutKey = true
      return members.end
    }
    let entry = Entry(
      record: start..<members.end, key: key, storage: storage,
      pointer: list == .onlyObjects ? "/\(position)" : "/Contents/\(position)")
    let hasEscape = decoder.decodeEscapes(text, key.inner)
    let isEncodable =
      hasEscape
      ? decoder.key.span.isEncodable(in: decoder.key.indices) : text.isEncodable(in: key.inner)
    if isEncodable, decodedTally == nil { decodedTally = tally }
    if hasEscape {
      entry.count(decoder.key.span, object, text, &tally, &places)
    } else {
      entry.count(text.extracting(key.inner), object, text, &tally, &places)
    }
    if var decoded = decodedTally.take() {
      if hasEscape { decoder.decodeURL() } else { decoder.decode(text, key.inner) }
      entry.count(decoder.key.span, object, text, &decoded, &places)
      decodedTally = decoded
    }
    return members.end
  }

  /// Where an object stands.
  private struct Entry {
    var record: Range<Int>
    var key: Range<Int>
    var storage: Range<Int>?
    var pointer: String

    /// Counts the object, and keeps it where it is worth it.
    func count(
      _ name: Span<UInt8>, _ object: ListedObject, _ text: Span<UInt8>,
      _ tally: inout ListingTally, _ places: inout ListingPlaces
    ) {
      let notes = tally.count(name, object)
      guard !notes.isEmpty else { return }
      tally.keep(
        notes, object, key: name.text(name.indices),
        storage: storage.map { text.text($0.inner) } ?? "",
        keyPlace: places.place(of: key, in: record, text, pointer: [pointer + "/Key"]),
        storagePlace: places.place(
          of: storage ?? key, in: record, text,
          pointer: [pointer + (storage == nil ? "/Key" : "/StorageClass")]))
    }
  }
}

extension ListedObject.Restore {
  /// Reads the `RestoreStatus` of an object; an object that was never restored has none, or no date.
  fileprivate init(_ text: Span<UInt8>, _ range: Range<Int>) throws(ListingStop) {
    self = .none
    guard text[range.lowerBound] == UInt8(ascii: "{") else { return }
    var members = JSONMembers(objectAt: range.lowerBound)
    var isInProgress = false
    var expiry: Timestamp?
    while let member = try members.next(text) {
      if text.has("IsRestoreInProgress", in: member.name) {
        isInProgress = text.has("true", in: member.value)
      } else if text.has("RestoreExpiryDate", in: member.name) {
        let isText = text[member.value.lowerBound] == UInt8(ascii: "\"")
        expiry = Timestamp(awsTimestamp: text.text(isText ? member.value.inner : member.value))
      }
    }
    if isInProgress {
      self = .inProgress
    } else if let expiry {
      self = .done(until: expiry)
    }
  }
}

extension Range<Int> {
  /// The range of a string without its quotes.
  fileprivate var inner: Range<Int> { (lowerBound + 1)..<Swift.max(lowerBound + 1, upperBound - 1) }
}
