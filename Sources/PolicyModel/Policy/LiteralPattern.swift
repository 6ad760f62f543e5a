extension String {
  /// The text as a policy's pattern that matches nothing else: `*`, `?` and `$` are written as the
  /// policy variables that stand for them.
  ///
  /// IAM User Guide, "IAM policy elements: Variables and tags", special characters.
  package var literalInPolicy: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "*": result += "${*}"
      case "?": result += "${?}"
      case "$": result += "${$}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
