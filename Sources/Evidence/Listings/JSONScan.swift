import PolicyModel

/// Steps over JSON values in a piece of text, without keeping anything.
enum JSONScan {
  /// The next byte that is no white space; the end where there is none.
  static func space(_ text: Span<UInt8>, from start: Int) -> Int {
    var at = start
    while at < text.count {
      switch text[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return at
      }
    }
    return at
  }

  /// The next byte that is no white space, which must be there.
  static func byte(
    _ text: Span<UInt8>, from start: Int
  ) throws(ListingStop) -> (byte: UInt8, at: Int) {
    let at = space(text, from: start)
    guard at < text.count else { throw .unfinished }
    return (text[at], at)
  }

  /// The end of the string that begins at a quote.
  static func string(_ text: Span<UInt8>, from start: Int) throws(ListingStop) -> Int {
    var at = start + 1
    while at < text.count {
      switch text[at] {
      case UInt8(ascii: "\""): return at + 1
      case UInt8(ascii: "\\"): at += 2
      case 0..<0x20: throw .malformed(at: at, "a string ends at its line's end, without a quote")
      default: at += 1
      }
    }
    throw .unfinished
  }

  /// The end of the value that begins at a byte that is no white space.
  static func value(
    _ text: Span<UInt8>, from start: Int, depth: Int = 0
  ) throws(ListingStop) -> Int {
    guard start < text.count else { throw .unfinished }
    switch text[start] {
    case UInt8(ascii: "\""): return try string(text, from: start)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard depth < Limits.recordDepth else {
        throw .malformed(at: start, "values nest deeper than \(Limits.recordDepth)")
      }
      return try container(text, from: start, depth: depth + 1)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try word(text, from: start)
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
      let end = try word(text, from: start)
      let range = start..<end
      guard
        text.has("true", in: range) || text.has("false", in: range) || text.has("null", in: range)
      else { throw .malformed(at: start, "expected a value") }
      return end
    default: throw .malformed(at: start, "expected a value")
    }
  }

  /// The end of a number or a literal; what follows it must be there to know.
  private static func word(_ text: Span<UInt8>, from start: Int) throws(ListingStop) -> Int {
    var at = start
    while at < text.count {
      switch text[at] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "E"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
        at += 1
      default: return at
      }
    }
    throw .unfinished
  }

  private static func container(
    _ text: Span<UInt8>, from start: Int, depth: Int
  ) throws(ListingStop) -> Int {
    if text[start] == UInt8(ascii: "{") {
      var members = JSONMembers(objectAt: start)
      while try members.next(text, depth: depth) != nil {}
      return members.end
    }
    var (byte, at) = try byte(text, from: start + 1)
    if byte == UInt8(ascii: "]") { return at + 1 }
    while true {
      at = try value(text, from: at, depth: depth)
      (byte, at) = try self.byte(text, from: at)
      if byte == UInt8(ascii: "]") { return at + 1 }
      guard byte == UInt8(ascii: ",") else {
        throw .malformed(at: at, "expected `,` or `]` after this value")
      }
      at = try self.byte(text, from: at + 1).at
    }
  }
}

/// The members of one JSON object, one after the other.
struct JSONMembers {
  /// One member.
  struct Member {
    /// The name, without its quotes and as written.
    var name: Range<Int>
    /// The value, quotes and brackets included.
    var value: Range<Int>
  }

  /// Where the object ends; known after the last member.
  private(set) var end: Int
  private var isFirst = true

  /// The object that begins at a brace.
  init(objectAt start: Int) { end = start + 1 }

  /// The next member; nil after the last.
  mutating func next(_ text: Span<UInt8>, depth: Int = 1) throws(ListingStop) -> Member? {
    var (byte, at) = try JSONScan.byte(text, from: end)
    if byte == UInt8(ascii: "}") {
      end = at + 1
      return nil
    }
    if !isFirst {
      guard byte == UInt8(ascii: ",") else {
        throw .malformed(at: at, "expected `,` or `}` after this value")
      }
      (byte, at) = try JSONScan.byte(text, from: at + 1)
    }
    guard byte == UInt8(ascii: "\"") else { throw .malformed(at: at, "expected a name in quotes") }
    let nameEnd = try JSONScan.string(text, from: at)
    let colon = try JSONScan.byte(text, from: nameEnd)
    guard colon.byte == UInt8(ascii: ":") else {
      throw .malformed(at: colon.at, "expected `:` after the name")
    }
    let start = try JSONScan.byte(text, from: colon.at + 1).at
    let valueEnd = try JSONScan.value(text, from: start, depth: depth)
    isFirst = false
    end = valueEnd
    return Member(name: (at + 1)..<(nameEnd - 1), value: start..<valueEnd)
  }
}
