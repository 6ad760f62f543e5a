import PolicyModel

extension Shape {
  /// A CloudFormation or SAM template, also as `get-template` answers with it.
  static let cloudFormationTemplate = Shape(
    "a CloudFormation template",
    matches: { root in
      let template = root["TemplateBody"] ?? root
      guard template.hasObject("Resources") else { return false }
      return template.has("AWSTemplateFormatVersion")
        || template["Resources"]?.members.contains { member in
          member.value["Type"]?.scalarText?.contains("::") ?? false
        } == true
    },
    read: { root, reader in
      let template = root["TemplateBody"] ?? root
      var resources = TemplateResources(
        resolver: TemplateResolver(template, reader.deployment), reader: reader)
      resources.read()
      reader.dossier = resources.reader.dossier
    })
}

/// Reads the resources of a template that matter to a copy.
struct TemplateResources: Sendable {
  var resolver: TemplateResolver
  var reader: ShapeReader
  /// Inline policies of each role, by the role's name: a policy may stand apart from its role.
  var inlineNames: [String: [Said<String>]] = [:]
  /// Managed policies of each role, likewise.
  var managedARNs: [String: [Said<String>]] = [:]
  /// The condition that leaves open whether the resource that is read is there.
  var openCondition: String?

  /// A resource with its functions resolved.
  struct Resource: Sendable {
    /// Its name in the template.
    var name: String
    /// Its properties; nil where there are none.
    var properties: Node?
    /// The resource as it stands in the template.
    var node: Node
  }

  mutating func read() {
    guard let all = resolver.template["Resources"] else { return }
    noteMacros()
    var count = 0
    for member in all.members {
      noteExpansion(member)
      guard let type = member.value["Type"]?.scalarText, Self.types.contains(type) else {
        continue
      }
      count += 1
      guard count <= Limits.templateResources else {
        reader.dossier.findings.append(
          Finding(
            "policy-grammar", .error,
            "more than \(Limits.templateResources) roles, policies, buckets and keys in one template",
            at: member.key.place))
        break
      }
      if let condition = member.value["Condition"]?.scalarText {
        let holds = resolver.holds(condition)
        // What is not made, or perhaps is not, is nothing that could be relied on; but a policy that
        // perhaps is there may deny.
        guard holds == true || holds == nil && Self.attachedTypes.contains(type) else { continue }
        openCondition = holds == nil ? condition : nil
      }
      defer { openCondition = nil }
      let properties = member.value["Properties"].flatMap {
        resolver.document($0, address: member.name)
      }
      read(
        type, Resource(name: member.name, properties: properties, node: member.value))
    }
    finishRoles()
  }

  /// The policies that are attached to roles.
  static let attachedTypes: Set = [
    "AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy",
  ]

  private static let types: Set = [
    "AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy",
    "AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::KMS::Key", "AWS::KMS::Alias",
    "AWS::CloudTrail::EventDataStore", "AWS::CloudTrail::Trail",
  ]

  private mutating func read(_ type: String, _ resource: Resource) {
    switch type {
    case "AWS::IAM::Role": readRole(resource)
    case "AWS::IAM::Policy": readPolicy(resource)
    case "AWS::IAM::RolePolicy": readRolePolicy(resource)
    case "AWS::IAM::ManagedPolicy": readManagedPolicy(resource)
    case "AWS::S3::Bucket": readBucket(resource)
    case "AWS::S3::BucketPolicy": readBucketPolicy(resource)
    case "AWS::KMS::Key": readKey(resource)
    case "AWS::KMS::Alias": readAlias(resource)
    case "AWS::CloudTrail::EventDataStore": readStore(resource)
    case "AWS::CloudTrail::Trail": readTrail(resource)
    default: break
    }
  }

  /// What `Fn::GetAtt` gives of a resource, as a fact.
  mutating func attribute(_ attribute: String, of resource: Resource) -> Said<String>? {
    let value = resolver.attribute(attribute, of: resource.name)
    guard let name = resolver.text(of: value)?.factName else { return nil }
    return Said(name, by: reader.origin, at: place(of: resource))
  }

  /// What `Ref` gives of a resource, as a fact.
  mutating func reference(to resource: Resource) -> Said<String>? {
    let value = resolver.reference(named: resource.name)
    guard let name = resolver.text(of: value)?.factName else { return nil }
    return Said(name, by: reader.origin, at: place(of: resource))
  }

  /// Where a resource stands: at its type, the shortest of what says what it is.
  func place(of resource: Resource) -> Place {
    var place = (resource.node["Type"] ?? resource.node).place
    place.address = resource.name
    return place
  }

  /// Keeps a policy that a resource holds.
  mutating func keep(
    _ node: Node?, as layer: GivenPolicy.Layer, of owner: GivenPolicy.Owner?,
    named name: String? = nil
  ) {
    reader.keep(defined: node, as: layer, of: owner, named: name)
  }

  /// Notes that the role's policies are not all known; any role's where nothing says whose.
  mutating func leaveOpen(
    _ layer: GivenPolicy.Layer, of owner: GivenPolicy.Owner?, named name: String? = nil,
    in address: String, at place: Place, because reason: String
  ) {
    reader.dossier.deferred.append(
      DeferredPolicy(
        layer: layer, owner: owner, name: name, address: address, place: place,
        reason: "`\(address)` is open: \(reason)"))
  }
}

extension ShapeReader {
  /// Keeps a policy that a template or plan holds, maybe for other ends than the copy.
  mutating func keep(
    defined node: Node?, as layer: GivenPolicy.Layer, of owner: GivenPolicy.Owner?,
    named name: String? = nil
  ) {
    guard let node, node.kind != .null else { return }
    do throws(SyntaxFailure) {
      dossier.policies.append(
        GivenPolicy(
          node: try node.writtenPolicy(), layer: layer, owner: owner, name: name, option: nil,
          origin: origin, isPickedOut: false))
    } catch {
      dossier.unreadable.append(Said(layer, by: origin, at: node.place))
      dossier.findings.append(Finding(error))
    }
  }
}
