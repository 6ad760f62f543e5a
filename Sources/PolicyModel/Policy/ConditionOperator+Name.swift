extension ConditionOperator {
  private static let suffix = "IfExists"

  /// Reads an operator's name; nil where it is none of IAM's.
  ///
  /// Names are case-sensitive: IAM answers "Invalid Condition type : stringEquals".
  package init?(name: String) {
    var rest = name[...]
    let quantifier = Quantifier.allCases.first { name.hasPrefix($0.prefix) }
    if let quantifier { rest = rest.dropFirst(quantifier.prefix.count) }
    let ifExists = rest.hasSuffix(Self.suffix)
    if ifExists { rest = rest.dropLast(Self.suffix.count) }
    guard let base = Base(rawValue: String(rest)) else { return nil }
    self.init(base: base, quantifier: quantifier, ifExists: ifExists)
  }

  /// The name with prefix and suffix, as policies write it.
  package var name: String {
    (quantifier?.prefix ?? "") + base.rawValue + (ifExists ? Self.suffix : "")
  }

  /// The operator whose name somebody may have meant.
  static func suggestion(for name: String) -> String? {
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    var prefix = ""
    if parts.count == 2 {
      let known = Quantifier.allCases.map { String($0.prefix.dropLast()) }
      let written = String(parts[0])
      guard
        let meant = known.contains(written)
          ? written : PolicyModel.suggestion(for: written, among: known)
      else { return nil }
      prefix = meant + ":"
    }
    let written = String(parts[parts.count - 1])
    let names = Base.allCases.map(\.rawValue)
    // `Null` has no form with the suffix.
    let longNames = names.filter { $0 != Base.null.rawValue }.map { $0 + suffix }
    if names.contains(written) || longNames.contains(written) { return prefix + written }
    return PolicyModel.suggestion(for: written, among: names + longNames).map { prefix + $0 }
  }
}

extension ConditionOperator.Quantifier {
  /// What stands before the operator's name.
  fileprivate var prefix: String {
    switch self {
    case .forAllValues: "ForAllValues:"
    case .forAnyValue: "ForAnyValue:"
    }
  }
}
