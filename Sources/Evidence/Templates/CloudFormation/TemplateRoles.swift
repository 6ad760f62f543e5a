import PolicyModel

extension TemplateResources {
  /// `AWS::IAM::Role`, with its inline policies and the managed ones it names.
  mutating func readRole(_ resource: Resource) {
    guard let arn = attribute("Arn", of: resource), AWSNames.isRoleARN(arn.value) else { return }
    let name = arn.value.nameOfRole
    let properties = resource.properties
    var trust = properties?["AssumeRolePolicyDocument"]
    if let text = trust, text.kind == .string || text.kind == .reference {
      trust = (try? text.writtenPolicy()) ?? text
    }
    reader.dossier.roles.append(
      RoleRecord(
        arn: arn, name: name, id: nil, trust: trust?.kind == .object ? trust : nil,
        boundary: boundary(properties?["PermissionsBoundary"]), isPickedOut: false,
        option: nil, isDefined: true))
    inlineNames[name, default: []] += []
    managedARNs[name, default: []] += []
    let owner = GivenPolicy.Owner.role(name: name)
    for (layer, list) in [
      (GivenPolicy.Layer.role, properties), (.role, properties?["Policies"]),
      (.managed, properties?["ManagedPolicyArns"]), (.trust, trust),
    ] {
      guard let list, let reason = list.openReason else { continue }
      leaveOpen(layer, of: owner, in: resource.name, at: list.place, because: reason)
    }
    for policy in properties?.list("Policies").map(\.self) ?? [] {
      if let reason = policy.openReason {
        leaveOpen(.role, of: owner, in: resource.name, at: policy.place, because: reason)
      } else {
        keepInline(policy["PolicyDocument"], named: policy["PolicyName"], of: name, in: resource)
      }
    }
    for policy in properties?.list("ManagedPolicyArns").map(\.self) ?? [] {
      managedARNs[name, default: []].append(said(policy))
    }
  }

  /// A boundary that is named, even if nobody can tell which it is.
  private func boundary(_ node: Node?) -> Said<String>? {
    node.flatMap { $0.kind == .null ? nil : said($0) }
  }

  /// A name that is there, even if nobody can tell what it is.
  private func said(_ node: Node) -> Said<String> {
    reader.text(node)
      ?? Said(
        node.policyText?.description ?? node.scalarText ?? "", by: reader.origin, at: node.place)
  }

  /// The names of the roles that a policy is attached to; those that nobody can tell may be any.
  private mutating func roles(
    _ list: [Node], of resource: Resource, as layer: GivenPolicy.Layer
  ) -> [String] {
    if let properties = resource.properties, let reason = properties.openReason {
      leaveOpen(layer, of: nil, in: resource.name, at: properties.place, because: reason)
    }
    var names: [String] = []
    for node in list {
      if let role = reader.text(node) {
        names.append(role.value)
      } else if let reason = node.openReason {
        leaveOpen(layer, of: nil, in: resource.name, at: node.place, because: reason)
      }
    }
    return names
  }

  /// `AWS::IAM::Policy`: an inline policy of the roles it names.
  mutating func readPolicy(_ resource: Resource) {
    let list = resource.properties?["Roles"]?.oneOrMany ?? []
    for role in roles(list, of: resource, as: .role) {
      keepInline(
        resource.properties?["PolicyDocument"], named: resource.properties?["PolicyName"],
        of: role, in: resource)
    }
  }

  /// `AWS::IAM::RolePolicy`: an inline policy of one role.
  mutating func readRolePolicy(_ resource: Resource) {
    let list = [resource.properties?["RoleName"]].compactMap(\.self)
    for role in roles(list, of: resource, as: .role) {
      keepInline(
        resource.properties?["PolicyDocument"], named: resource.properties?["PolicyName"],
        of: role, in: resource)
    }
  }

  private mutating func keepInline(
    _ document: Node?, named node: Node?, of role: String, in resource: Resource
  ) {
    let name = node.map { said($0) }
    if let openCondition {
      leaveOpen(
        .role, of: .role(name: role), named: name?.value, in: resource.name,
        at: place(of: resource), because: "it depends on the condition `\(openCondition)`")
      return
    }
    if let name { inlineNames[role, default: []].append(name) }
    keep(document, as: .role, of: .role(name: role), named: name?.value)
  }

  /// `AWS::IAM::ManagedPolicy`, attached to the roles it names or that name it.
  mutating func readManagedPolicy(_ resource: Resource) {
    guard let arn = attribute("Arn", of: resource) else { return }
    let list = resource.properties?["Roles"]?.oneOrMany ?? []
    for role in roles(list, of: resource, as: .managed) {
      managedARNs[role, default: []].append(arn)
    }
    let owner = GivenPolicy.Owner.managedPolicy(arn: arn.value)
    if let openCondition {
      leaveOpen(
        .managed, of: owner, in: resource.name, at: place(of: resource),
        because: "it depends on the condition `\(openCondition)`")
      return
    }
    keep(resource.properties?["PolicyDocument"], as: .managed, of: owner)
  }

  /// Says which policies each role has: all that the template gives it.
  mutating func finishRoles() {
    for role in reader.dossier.roles where role.isDefined {
      guard let inline = inlineNames[role.name], let managed = managedARNs[role.name],
        let place = role.arn.place
      else { continue }
      for (kind, names) in [(AttachmentList.Kind.inline, inline), (.managed, managed)] {
        reader.dossier.attachments.append(
          AttachmentList(
            kind: kind, names: names, role: role.name, isTruncated: false, place: place,
            origin: reader.origin))
      }
    }
  }
}
