/// What the JSON reader met and where, before it is put into words.
///
/// The reader's loops throw this small value; ``SyntaxFailure`` with its texts is made once.
package struct JSONProblem: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Something else than a value: at a document's, an element's or a member's start.
    case expectedValue
    /// Something else than a key or `}` after `{`.
    case expectedFirstKey
    /// Something else than a key after a comma.
    case expectedKey
    /// Something else than `:` after a key.
    case expectedColon
    /// Something else than `,` or the end after an element or a member.
    case expectedComma
    case contentAfterEnd
    /// A string without its closing quote on the line; `other` is its opening quote.
    case unclosedString
    case controlCharacter
    case unknownEscape
    /// `\u` without four hexadecimal digits.
    case incompleteEscape
    case halfSurrogatePair
    /// A number with a leading zero, begun at `other`.
    case leadingZero
    /// A number that lacks a digit, begun at `other`.
    case missingDigit
    case tooDeep
    case tooManyValues
  }

  package var kind: Kind
  package var offset: Int
  /// A place that explains the first: an opening quote, a key, a number's start.
  package var other: Int

  package init(_ kind: Kind, at offset: Int, other: Int = 0) {
    self.kind = kind
    self.offset = offset
    self.other = other
  }
}
