import PolicyModel

/// A text with references to resources of a CloudFormation template, as a function that gives it.
struct TemplateFunction {
  /// What `Fn::GetAtt` or `Fn::Sub` is told.
  private enum Function {
    case attribute(resource: String, name: String)
    case substitution(String)
  }

  private let function: Function

  init(_ text: String) {
    let segments = PolicyText(encoded: text).segments
    if let store = Self.store(segments) {
      function = .attribute(resource: store, name: "EventDataStoreArn")
      return
    }
    function = .substitution(segments.map(Self.substituted).joined())
  }

  /// The event data store whose ARN a text is: what CloudFormation calls by no other name.
  private static func store(_ segments: [PolicyText.Segment]) -> String? {
    guard case .symbol(let symbol)? = segments.last, symbol.attribute == "Id",
      case .literal(let head)? = segments.dropLast().last, head.hasSuffix(":eventdatastore/")
    else { return nil }
    return symbol.resource
  }

  private static func substituted(_ segment: PolicyText.Segment) -> String {
    switch segment {
    case .literal(let text):
      // A variable of IAM is none of the template's.
      return text.split(separator: "${", omittingEmptySubsequences: false).joined(separator: "${!")
    case .symbol(let symbol):
      switch (symbol.resource, symbol.attribute) {
      case ("AWS", let name): return "${AWS::\(name)}"
      // What `Ref` gives.
      case (let name, "Name"), (let name, "KeyId"), (let name, "Value"), (let name, "Ref"):
        return "${\(name)}"
      case (let name, let attribute): return "${\(name).\(attribute)}"
      }
    case .unknown: return ""
    }
  }

  func written(by values: ValueText) -> String {
    switch function {
    case .attribute(let resource, let name):
      guard values.isJSON else { return "!GetAtt \(resource).\(name)" }
      let list =
        [resource, name].map(values.doubleQuoted).joined(separator: values.style.comma)
      return object("Fn::GetAtt", "[\(list)]", values)
    case .substitution(let text):
      guard values.isJSON else { return "!Sub " + values.doubleQuoted(text) }
      return object("Fn::Sub", values.doubleQuoted(text), values)
    }
  }

  private func object(_ name: String, _ value: String, _ values: ValueText) -> String {
    let padding = values.style.objectPadding
    return "{" + padding + values.doubleQuoted(name) + values.style.colon + value + padding + "}"
  }
}
