/// A range of a source, with the way to it through the document.
public struct Place: Hashable, Sendable {
  /// The text the range lies in.
  public var source: Source
  /// Half-open range of UTF-8 offsets in the source's text.
  public var range: Range<Int>
  /// One RFC 6901 pointer in the file, then one for each document embedded as a string.
  ///
  /// Empty where the place is not an element of a tree (a syntax error, say).
  public var pointer: [String]
  /// The resource's name in a template, or its address in a plan.
  public var address: String?

  /// Makes a place.
  public init(
    source: Source, range: Range<Int>, pointer: [String] = [], address: String? = nil
  ) {
    self.source = source
    self.range = range
    self.pointer = pointer
    self.address = address
  }

  /// Where the range begins in the file, in bytes.
  package var start: Int { source.beginning.offset + range.lowerBound }
}
