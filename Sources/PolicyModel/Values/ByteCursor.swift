/// A reader of short ASCII notations: takes what it is asked for, or leaves everything as it was.
struct ByteCursor {
  private let bytes: String.UTF8View
  private var position: String.UTF8View.Index

  init(_ text: String) {
    bytes = text.utf8
    position = bytes.startIndex
  }

  /// Whether everything has been read.
  var isAtEnd: Bool { position == bytes.endIndex }

  /// The next byte, not taken; nil at the end.
  var next: UInt8? { isAtEnd ? nil : bytes[position] }

  /// Takes the next byte if it is this one.
  mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard let next, next == UInt8(ascii: byte) else { return false }
    position = bytes.index(after: position)
    return true
  }

  /// Takes the next byte if it is one of these, and says which.
  mutating func take(oneOf choices: Unicode.Scalar...) -> Unicode.Scalar? {
    for choice in choices where take(choice) { return choice }
    return nil
  }

  /// Passes over the next byte, if there is one.
  mutating func skip() {
    guard !isAtEnd else { return }
    position = bytes.index(after: position)
  }

  /// Takes a decimal digit.
  mutating func takeDigit() -> UInt8? {
    guard let next, next >= UInt8(ascii: "0"), next <= UInt8(ascii: "9") else { return nil }
    position = bytes.index(after: position)
    return next - UInt8(ascii: "0")
  }

  /// Takes as many digits as stand there up to the longest length; nil with fewer than the shortest.
  ///
  /// The caller keeps the longest length below what an `Int` holds.
  mutating func takeNumber(digits length: ClosedRange<Int>) -> Int? {
    var value = 0
    var count = 0
    while count < length.upperBound, let digit = takeDigit() {
      value = value * 10 + Int(digit)
      count += 1
    }
    return length.contains(count) ? value : nil
  }
}

extension ByteCursor {
  /// Takes a hexadecimal digit of either case.
  mutating func takeHexadecimalDigit() -> UInt8? {
    if let digit = takeDigit() { return digit }
    guard let next else { return nil }
    let lower = next | 0x20
    guard lower >= UInt8(ascii: "a"), lower <= UInt8(ascii: "f") else { return nil }
    skip()
    return lower - UInt8(ascii: "a") + 10
  }
}
