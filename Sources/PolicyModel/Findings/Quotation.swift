/// A text of a document as a message shows it: in backticks, on one line, and not endless.
package func quoted(_ text: String) -> String {
  var shown = "`"
  var count = 0
  for scalar in text.unicodeScalars {
    // A hostile document may hold a string of megabytes.
    guard count < longestQuotation else {
      shown += "…"
      break
    }
    if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
      shown += "\\u{" + String(scalar.value, radix: 16) + "}"
    } else {
      shown.unicodeScalars.append(scalar)
    }
    count += 1
  }
  return shown + "`"
}

/// How many characters of a text a message shows.
private let longestQuotation = 100
