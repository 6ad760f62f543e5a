/// The contents of strings that are no slice of their text, one after the other.
package struct StringTable: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []

  package init() {}

  /// How many contents there are.
  package var count: Int { ends.count }

  /// A content's bytes.
  package subscript(position: Int) -> ArraySlice<UInt8> {
    let start = position == 0 ? 0 : Int(ends[position - 1])
    return bytes[start..<Int(ends[position])]
  }

  /// Adds a content and gives its position.
  package mutating func append(_ content: some Sequence<UInt8>) -> Int {
    bytes.append(contentsOf: content)
    return close()
  }

  /// Adds bytes to the content that ``close()`` will end.
  package mutating func write(_ content: some Sequence<UInt8>) {
    bytes.append(contentsOf: content)
  }

  /// Adds bytes to the content that ``close()`` will end.
  package mutating func write(_ content: Span<UInt8>) {
    unsafe content.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Adds a byte to the content that ``close()`` will end.
  package mutating func write(_ byte: UInt8) { bytes.append(byte) }

  /// Ends a content and gives its position.
  package mutating func close() -> Int {
    ends.append(UInt32(truncatingIfNeeded: bytes.count))
    return ends.count - 1
  }
}
