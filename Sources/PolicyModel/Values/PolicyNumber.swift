/// A decimal number as the numeric condition operators compare it, exactly.
///
/// IAM User Guide, "Condition operators", section "Numeric condition operators": an integer or
/// decimal value. An exponent is read too, since a policy may write a JSON number with one.
package struct PolicyNumber: Hashable, Sendable {
  /// The value is 0.DIGITS × 10^exponent, without zeros at either end; zero has no digits.
  private let digits: [UInt8]
  private let exponent: Int
  private let isNegative: Bool

  /// How many digits an exponent may have, so that sums with it cannot overflow.
  private static let longestExponent = 9

  /// Reads a number; nil where the text is none.
  package init?(_ text: String) {
    var cursor = ByteCursor(text)
    let isNegative = cursor.take(oneOf: "-", "+") == "-"
    var digits: [UInt8] = []
    var exponent = 0
    var hasDigits = false
    while let digit = cursor.takeDigit() {
      hasDigits = true
      guard digit != 0 || !digits.isEmpty else { continue }
      digits.append(digit)
      exponent += 1
    }
    if cursor.take(".") {
      while let digit = cursor.takeDigit() {
        hasDigits = true
        if digit == 0, digits.isEmpty { exponent -= 1 } else { digits.append(digit) }
      }
    }
    guard hasDigits else { return nil }
    if cursor.take(oneOf: "e", "E") != nil {
      let isSmall = cursor.take(oneOf: "-", "+") == "-"
      guard let shift = cursor.takeNumber(digits: 1...Self.longestExponent) else { return nil }
      exponent += isSmall ? -shift : shift
    }
    guard cursor.isAtEnd else { return nil }
    while digits.last == 0 { digits.removeLast() }
    self.digits = digits
    self.exponent = digits.isEmpty ? 0 : exponent
    self.isNegative = isNegative && !digits.isEmpty
  }
}

extension PolicyNumber: Comparable {
  /// Orders numbers by value.
  package static func < (left: PolicyNumber, right: PolicyNumber) -> Bool {
    guard left.isNegative == right.isNegative else { return left.isNegative }
    return left.isNegative
      ? right.isSmallerInMagnitude(than: left) : left.isSmallerInMagnitude(than: right)
  }

  private func isSmallerInMagnitude(than other: PolicyNumber) -> Bool {
    guard !digits.isEmpty, !other.digits.isEmpty else {
      return digits.isEmpty && !other.digits.isEmpty
    }
    guard exponent == other.exponent else { return exponent < other.exponent }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}
