import PolicyModel

extension PolicyText {
  /// The options that say where a template or plan is deployed, where a text hangs on that.
  var deploymentOptions: [String] {
    segments.compactMap { segment in
      guard case .symbol(let symbol) = segment else { return nil }
      return switch symbol.attribute {
      case "AccountId", "account_id": "--account"
      case "Region", "region": "--region"
      default: nil
      }
    }
  }
}

extension Statement {
  /// Whether a text of the statement holds a parameter of a template that has no value.
  var namesParameter: Bool {
    let texts =
      (resources?.items ?? []).map(\.text) + (principals?.items ?? []).map(\.text)
      + conditions.flatMap(\.values).map(\.text)
    return texts.flatMap(\.segments).contains { segment in
      if case .symbol(let symbol) = segment { symbol.attribute == "Value" } else { false }
    }
  }
}
