extension String {
  /// The text as a string of HCL that no `${` or `%{` in it can turn into a template.
  ///
  /// Terraform Language, "Strings and Templates", escape sequences.
  var hcl: String {
    var result = "\""
    var last: Unicode.Scalar?
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "{":
        // The sign before the brace is written once already; twice it stands for itself.
        if let last, last == "$" || last == "%" { result.unicodeScalars.append(last) }
        result += "{"
      default:
        if scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value) {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
      last = scalar
    }
    return result + "\""
  }
}
