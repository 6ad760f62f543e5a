/// One text that somebody gave: a file, standard input or an option's own value.
///
/// A source has identity: two files with the same bytes are two places. Its text is always UTF-8
/// without a byte order mark, whatever the file's encoding was; all offsets count bytes of it. Of a
/// file that is too large to keep, such as a listing, there is a source for each excerpt.
public final class Source: Sendable {
  /// How the bytes of the file encode its text, so that a fix can write them back alike.
  public enum Encoding: Hashable, Sendable {
    case utf8
    case utf8WithByteOrderMark
    case utf16LittleEndian
    case utf16BigEndian
  }

  /// The path as the person gave it; `<stdin>` for standard input, `<command line>` for an option.
  public let path: String
  /// The text as UTF-8 without a byte order mark.
  public let text: [UInt8]
  /// How the file encodes the text.
  public let encoding: Encoding
  /// Where the text begins in the file: not at its start where it is an excerpt.
  public let beginning: Beginning

  /// Where an excerpt begins in a file that is too large to keep.
  public struct Beginning: Hashable, Sendable {
    /// From 1.
    public var line: Int
    /// From 1, in code points.
    public var column: Int
    /// In bytes, from 0.
    public var offset: Int

    /// Makes a position in a file.
    public init(line: Int, column: Int, offset: Int) {
      self.line = line
      self.column = column
      self.offset = offset
    }

    /// The beginning of a file.
    public static var ofFile: Self { Self(line: 1, column: 1, offset: 0) }
  }

  /// Makes a source of text that is known to be valid UTF-8 without a byte order mark.
  public init(
    path: String, text: [UInt8], encoding: Encoding = .utf8, beginning: Beginning = .ofFile
  ) {
    self.path = path
    self.text = text
    self.encoding = encoding
    self.beginning = beginning
  }

  /// Makes a source of a string.
  public convenience init(path: String, _ text: String) {
    self.init(path: path, text: Array(text.utf8))
  }
}

extension Source: Hashable {
  /// Whether both are the very same source.
  public static func == (left: Source, right: Source) -> Bool { left === right }

  /// Hashes the identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
