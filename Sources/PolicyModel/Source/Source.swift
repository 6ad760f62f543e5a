/// One text that somebody gave: a file, standard input or an option's own value.
///
/// A source has identity: two files with the same bytes are two places. Its text is always UTF-8
/// without a byte order mark, whatever the file's encoding was; all offsets count bytes of it.
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

  /// Makes a source of text that is known to be valid UTF-8 without a byte order mark.
  public init(path: String, text: [UInt8], encoding: Encoding = .utf8) {
    self.path = path
    self.text = text
    self.encoding = encoding
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
