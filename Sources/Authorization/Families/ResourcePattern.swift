/// The resources that an ARN with `*` and `?` stands for, as what is fixed and what is free.
package struct ResourcePattern: Sendable {
  /// What all of them begin with, then the free string where there is a wildcard.
  package let text: RequestText
  /// What follows; nil for an ARN without wildcards.
  package let freeString: FreeString?

  /// Splits an ARN at its first wildcard; nil for an empty text.
  ///
  /// As in a policy, a wildcard in the first five parts stands for nothing with a colon.
  package init?(_ arn: String) {
    guard !arn.isEmpty else { return nil }
    let scalars = Array(arn.unicodeScalars)
    guard let first = scalars.firstIndex(where: { $0 == "*" || $0 == "?" }) else {
      text = RequestText(arn)
      freeString = nil
      return
    }
    text = RequestText(head: scalars[..<first].map(\.value), isFree: true)
    var colons = scalars[..<first].count { $0 == ":" }
    // `*` alone is no ARN, and stands for everything.
    if scalars.count == 1 { colons = 5 }
    var rest: [Language] = []
    var example = ""
    for scalar in scalars[first...] {
      switch scalar {
      case "*":
        rest.append(.many(.one(colons < 5 ? Self.allButColon : .all)))
        example += "example"
      case "?":
        rest.append(.one(colons < 5 ? Self.allButColon : .all))
        example += "x"
      default:
        rest.append(.text(String(scalar)))
        example.unicodeScalars.append(scalar)
        if scalar == ":" { colons += 1 }
      }
    }
    freeString = .language(
      .sequence(rest), realistic: scalars.count == 1 ? nil : .text(example), excluding: nil)
  }

  private static let allButColon = ScalarSet([0...0x39, 0x3B...0xD7FF, 0xE000...0x10_FFFF])
}
