/// Text that changes nothing but itself, whoever wrote it.
///
/// Documents come from anywhere. An escape sequence in a Sid could repaint the terminal, a
/// bidirectional override could show another policy than the one that is judged, a zero-width
/// space could hide why two names differ: each is shown as its code point instead.
package enum VisibleText {
  /// The text with everything that is not visible shown as `\u{…}`.
  package static func escaped(_ text: some StringProtocol) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return String(text) }
    var result = ""
    for character in text {
      let keepsJoiners = isEmojiSequence(character)
      for scalar in character.unicodeScalars {
        if isVisible(scalar) || (keepsJoiners && isJoiner(scalar)) {
          result.unicodeScalars.append(scalar)
        } else {
          result += codePoint(scalar)
        }
      }
    }
    return result
  }

  /// How a code point is written: `\u{1b}`.
  static func codePoint(_ scalar: Unicode.Scalar) -> String {
    "\\u{" + String(scalar.value, radix: 16) + "}"
  }

  /// Whether a person can see the code point, or sees the space that it is.
  static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return scalar.value >= 0x20 && scalar.value != 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return false
    // The ideographic space is as wide as it looks; others pass for U+0020 and break JSON.
    case .spaceSeparator: return scalar.value == 0x3000
    case .unassigned: return !scalar.properties.isNoncharacterCodePoint
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
      .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
      .modifierSymbol, .otherSymbol, .privateUse:
      // Fillers are letters by category and blank on the screen.
      return !scalar.properties.isDefaultIgnorableCodePoint || isVariationSelector(scalar)
    @unknown default: return true
    }
  }

  /// Whether several code points make up one picture, in which joiners belong.
  static func isEmojiSequence(_ character: Character) -> Bool {
    guard let first = character.unicodeScalars.first else { return false }
    // Digits are emoji too: a joiner after one hides.
    return first.value > 0xFF && first.properties.isEmoji && character.unicodeScalars.count > 1
  }

  private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool { scalar.value == 0x200D }

  private static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
    (0xFE00...0xFE0F).contains(scalar.value)
  }
}
