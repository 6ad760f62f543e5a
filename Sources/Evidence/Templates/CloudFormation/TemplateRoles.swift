import PolicyModel

extension TemplateResources {
  /// `AWS::IAM::Role`, with its inline policies and the managed ones it names.
  mutating func readRole(_ resource: Resource) {
    guard let arn = attribute("Arn", of: resource), AWSNames.isRoleARN(arn.value) else { return }
    let name = arn.value.nameOfRole
    let properties = resource.properties
    var trust = properties?["AssumeRolePolicyDocument"]
    if let text = trust, text.kind == .string { trust = try? text.embeddedDocument().root }
    reader.dossier.roles.append(
      RoleRecord(
        arn: arn, name: name, id: nil, trust: trust?.kind == .object ? trust : nil,
        boundary: boundary(properties?["PermissionsBoundary"]), isPickedOut: false,
        option: nil, isDefined: true))
    inlineNames[name, default: []] += []
    managedARNs[name, default: []] += []
    for policy in properties?.list("Policies").map(\.self) ?? [] {
      keepInline(policy["PolicyDocument"], named: policy["PolicyName"], of: name)
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

  /// `AWS::IAM::Policy`: an inline policy of the roles it names.
  mutating func readPolicy(_ resource: Resource) {
    for role in resource.properties?.list("Roles").map(\.self) ?? [] {
      guard let role = reader.text(role) else { continue }
      keepInline(
        resource.properties?["PolicyDocument"], named: resource.properties?["PolicyName"],
        of: role.value)
    }
  }

  /// `AWS::IAM::RolePolicy`: an inline policy of one role.
  mutating func readRolePolicy(_ resource: Resource) {
    guard let role = reader.text(resource.properties?["RoleName"]) else { return }
    keepInline(
      resource.properties?["PolicyDocument"], named: resource.properties?["PolicyName"],
      of: role.value)
  }

  private mutating func keepInline(_ document: Node?, named node: Node?, of role: String) {
    let name = node.map { said($0) }
    if let name { inlineNames[role, default: []].append(name) }
    keep(document, as: .role, of: .role(name: role), named: name?.value)
  }

  /// `AWS::IAM::ManagedPolicy`, attached to the roles it names or that name it.
  mutating func readManagedPolicy(_ resource: Resource) {
    guard let arn = attribute("Arn", of: resource) else { return }
    for role in resource.properties?.list("Roles").map(\.self) ?? [] {
      guard let role = reader.text(role) else { continue }
      managedARNs[role.value, default: []].append(arn)
    }
    keep(
      resource.properties?["PolicyDocument"], as: .managed, of: .managedPolicy(arn: arn.value))
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
