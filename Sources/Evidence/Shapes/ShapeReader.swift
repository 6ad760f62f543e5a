import PolicyModel

/// What a shape writes into while it reads one document.
struct ShapeReader: Sendable {
  /// What all documents so far said.
  var dossier: Dossier
  /// What the document was given as.
  let use: Document.Use
  /// What the document is, in words that can follow "by".
  let origin: String
  /// Where templates are deployed.
  let deployment: Deployment

  /// Keeps a policy; given with an option it belongs to the option's layer, else to `layer`.
  mutating func keep(
    policy node: Node?, as layer: GivenPolicy.Layer, of owner: GivenPolicy.Owner? = nil,
    named name: String? = nil, isInForce: Bool = true
  ) {
    guard let node else { return }
    let layer = use.layer ?? layer
    var owner = owner
    if case .key(let arn?) = use { owner = .key(arn: arn) }
    do throws(SyntaxFailure) {
      dossier.policies.append(
        GivenPolicy(
          node: try node.policyDocument(), layer: layer, owner: owner, name: name,
          option: use.option, origin: origin, isInForce: isInForce))
    } catch {
      dossier.unreadable.append(Said(layer, by: origin, at: node.place))
      dossier.findings.append(Finding(error))
    }
  }

  /// A text that says something: skeletons hold empty ones.
  func text(_ node: Node?) -> Said<String>? {
    guard let node, node.kind != .null else { return nil }
    let text = node.kind == .reference ? node.policyText?.factName : node.scalarText
    // Outside templates nothing is a reference, whatever it looks like.
    guard let text, !text.isEmpty, node.kind == .reference || !SymbolicName.isSymbolic(text) else {
      return nil
    }
    return Said(text, by: origin, at: node.place)
  }

  /// A text of a certain form.
  func text(_ node: Node?, where isValid: (String) -> Bool) -> Said<String>? {
    text(node).flatMap { isValid($0.value) ? $0 : nil }
  }

  /// A truth value, also written as text: a template's `yes` and `off` are what YAML 1.1 takes for
  /// one, and so does CloudFormation.
  func boolean(_ node: Node?) -> Said<Bool>? {
    guard let node, let value = node.boolean ?? node.scalarText.flatMap(Self.truth) else {
      return nil
    }
    return Said(value, by: origin, at: node.place)
  }

  private static func truth(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }

  /// A moment as either version of the AWS CLI prints it.
  func moment(_ node: Node?) -> Said<Timestamp>? {
    guard let node, let time = node.scalarText.flatMap(Timestamp.init(awsTimestamp:)) else {
      return nil
    }
    return Said(time, by: origin, at: node.place)
  }

  /// Whether an answer says that there is more of it.
  func isTruncated(_ root: Node) -> Bool {
    root["IsTruncated"]?.boolean == true || root["Truncated"]?.boolean == true
      || [root["NextToken"], root["Marker"], root["NextMarker"], root["NextContinuationToken"]]
        .contains { $0?.kind == .string }
  }
}

extension Finding {
  /// A document that cannot be parsed.
  init(_ failure: SyntaxFailure) {
    self.init(
      "policy-syntax", .error, failure.message, at: failure.place, label: failure.label,
      related: failure.related, help: failure.help)
  }
}

extension Node {
  /// Whether all of these are members.
  func has(_ names: StaticString...) -> Bool {
    kind == .object && names.allSatisfy { self[$0] != nil }
  }

  /// Whether a member is an object.
  func hasObject(_ name: StaticString) -> Bool { self[name]?.kind == .object }

  /// Whether a member is an array.
  func hasArray(_ name: StaticString) -> Bool { self[name]?.kind == .array }

  /// The value itself, or what is written in it as text: a policy in a string.
  func policyDocument() throws(SyntaxFailure) -> Node {
    kind == .string ? try embeddedDocument().root : self
  }
}

extension Node {
  /// The elements of a member that is an array; none where it is missing or anything else.
  func list(_ name: StaticString) -> Elements {
    // An object has members but no elements.
    (self[name] ?? self).elements
  }
}
