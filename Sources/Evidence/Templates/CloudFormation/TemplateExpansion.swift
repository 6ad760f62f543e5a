import PolicyModel

extension TemplateResources {
  /// Notes macros of the account's own: they may put anything into a template.
  ///
  /// AWS CloudFormation User Guide, "Transform reference": those of AWS begin with `AWS::`, and add
  /// resources of their own alone.
  mutating func noteMacros() {
    guard let transform = resolver.template["Transform"] else { return }
    for macro in transform.oneOrMany {
      let name = macro.scalarText ?? macro["Name"]?.scalarText
      guard let name, !name.hasPrefix("AWS::") || name == "AWS::Include" else { continue }
      leaveOpen(
        .role, of: nil, in: "Transform", at: macro.place,
        because: "the macro `\(name)` may add policies")
    }
  }

  /// Notes what stands for resources that are there only at deployment, where some may be policies
  /// of roles.
  mutating func noteExpansion(_ member: Node.Member) {
    let name = member.name
    let mayAttach: Bool
    if name.hasPrefix("Fn::ForEach::") {
      mayAttach = Self.holdsAttachedPolicy(member.value)
    } else {
      mayAttach = name == "Fn::Transform"
    }
    guard mayAttach else { return }
    leaveOpen(
      .role, of: nil, in: name, at: member.key.place,
      because: "the policies that it makes are known only at deployment")
  }

  private static func holdsAttachedPolicy(_ node: Node) -> Bool {
    var left = [node]
    while let node = left.popLast() {
      switch node.kind {
      case .object: left += node.members.map(\.value)
      case .array: left += Array(node.elements)
      case .string: if let text = node.scalarText, attachedTypes.contains(text) { return true }
      case .null, .boolean, .number, .reference: break
      }
    }
    return false
  }
}

extension Node {
  /// Why nobody can tell what a value is; nil of one that can be told as far as it goes.
  var openReason: String? {
    guard kind == .reference, let text = policyText else { return nil }
    for segment in text.segments {
      if case .unknown(let reason) = segment { return reason }
    }
    return nil
  }
}
