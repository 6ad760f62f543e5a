/// Decodes base64, the form in which a policy writes the value of `BinaryEquals` (IAM User Guide,
/// "Condition operators", section "Binary condition operators").
///
/// The alphabet is the standard one; padding may be left out. Nil where the text is no base64.
package func decodeBase64(_ text: String) -> [UInt8]? {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count / 4 * 3 + 2)
  var bits: UInt32 = 0
  var digits = 0
  var padding = 0
  for byte in text.utf8 {
    if byte == UInt8(ascii: "=") {
      padding += 1
      continue
    }
    guard padding == 0, let digit = base64Digit(byte) else { return nil }
    bits = bits << 6 | UInt32(digit)
    digits += 1
    guard digits.isMultiple(of: 4) else { continue }
    bytes += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
    bits = 0
  }
  switch digits % 4 {
  case 0:
    return padding == 0 ? bytes : nil
  case 2:
    bytes.append(UInt8(bits >> 4 & 0xFF))
    return padding == 0 || padding == 2 ? bytes : nil
  case 3:
    bytes += [UInt8(bits >> 10 & 0xFF), UInt8(bits >> 2 & 0xFF)]
    return padding <= 1 ? bytes : nil
  default:
    return nil
  }
}

private func base64Digit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
  case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
  case UInt8(ascii: "+"): 62
  case UInt8(ascii: "/"): 63
  default: nil
  }
}
