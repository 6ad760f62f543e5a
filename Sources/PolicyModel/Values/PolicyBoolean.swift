/// A truth value as `Bool` and `Null` conditions write it: `true` or `false`, in any case.
package struct PolicyBoolean: Hashable, Sendable {
  /// The value.
  package let isTrue: Bool

  /// Reads a truth value; nil where the text is none.
  package init?(_ text: String) {
    // `&` with 0xDF makes an ASCII letter upper case, and no other byte a letter of these words.
    if text.utf8.elementsEqual("TRUE".utf8, by: { $0 & 0xDF == $1 }) {
      isTrue = true
    } else if text.utf8.elementsEqual("FALSE".utf8, by: { $0 & 0xDF == $1 }) {
      isTrue = false
    } else {
      return nil
    }
  }
}
