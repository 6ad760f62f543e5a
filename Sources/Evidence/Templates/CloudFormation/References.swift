import PolicyModel

extension TemplateResolver {
  /// `Ref`: a parameter's value, what a resource is called by, or a pseudo parameter.
  mutating func reference(to node: Node) -> TemplateValue {
    guard let name = node.scalarText else { return .unknown("`Ref` names nothing") }
    return reference(named: name)
  }

  mutating func reference(named name: String) -> TemplateValue {
    switch name {
    case "AWS::AccountId": return .text(account)
    case "AWS::Region": return .text(region)
    case "AWS::Partition": return .text(.literal(partition))
    case "AWS::URLSuffix":
      return .text(.literal(partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"))
    case "AWS::NoValue": return .nothing
    case "AWS::StackName", "AWS::StackId":
      return .text(Self.symbol("AWS", String(name.dropFirst(5))))
    default: break
    }
    if let parameter = parameters[name] {
      return value(ofParameter: name, parameter)
    }
    guard let resource = resources[name] else {
      return .unknown("`\(name)` is no parameter or resource of the template")
    }
    return once("\(name).Ref") { $0.name(of: resource, called: name) }
  }

  /// `Fn::GetAtt`: `[Resource, Attribute]` or `Resource.Attribute`.
  mutating func attribute(_ node: Node) -> TemplateValue {
    if let text = node.scalarText {
      guard let dot = text.firstIndex(of: ".") else {
        return .unknown("`\(text)` names no attribute")
      }
      return attribute(String(text[text.index(after: dot)...]), of: String(text[..<dot]))
    }
    let parts = Array(node.elements)
    guard parts.count == 2, let resource = parts[0].scalarText,
      let attribute = text(of: parts[1])?.literal
    else { return .unknown("`Fn::GetAtt` names no attribute") }
    return self.attribute(attribute, of: resource)
  }

  mutating func attribute(_ attribute: String, of name: String) -> TemplateValue {
    guard let resource = resources[name] else {
      return .unknown("`\(name)` is no resource of the template")
    }
    return once("\(name).\(attribute)") {
      $0.attribute(attribute, of: resource, called: name)
    }
  }

  /// The account the template is deployed in.
  var account: PolicyText {
    deployment.account.map { .literal($0.value) } ?? Self.symbol("AWS", "AccountId")
  }

  /// The Region the template is deployed in.
  var region: PolicyText {
    deployment.region.map { .literal($0.value) } ?? Self.symbol("AWS", "Region")
  }

  /// A symbol, in the spelling that is the same in texts and in facts.
  static func symbol(_ resource: String, _ attribute: String) -> PolicyText {
    let text = PolicyText.segments([
      .symbol(PolicyText.Symbol(resource: resource, attribute: attribute))
    ])
    return PolicyText(encoded: text.encoded)
  }

  // MARK: Parameters

  private func value(ofParameter name: String, _ parameter: Node) -> TemplateValue {
    let type = parameter["Type"]?.scalarText ?? "String"
    let given = deployment.parameters[name]
    // The value of such a parameter is the name under which Systems Manager keeps the real one.
    if type.hasPrefix("AWS::SSM::Parameter::Value<") { return .text(Self.symbol(name, "Value")) }
    guard let text = given ?? parameter["Default"]?.scalarText else {
      return type.contains("List")
        ? .unknown("the parameter `\(name)` has no value; give it with `--parameter`")
        : .text(Self.symbol(name, "Value"))
    }
    guard type.contains("List") else { return .text(Self.literal(text)) }
    return .list(
      text.split(separator: ",").map { part in
        .text(Self.literal(String(part.drop { $0 == " " })))
      })
  }

  // MARK: Resources

  /// What `Ref` gives of a resource.
  private mutating func name(of resource: Node, called name: String) -> TemplateValue {
    switch resource["Type"]?.scalarText {
    case "AWS::S3::Bucket": .text(property("BucketName", of: resource, called: name))
    case "AWS::IAM::Role": .text(property("RoleName", of: resource, called: name))
    case "AWS::KMS::Key": .text(Self.symbol(name, "KeyId"))
    case "AWS::KMS::Alias": .text(property("AliasName", of: resource, called: name))
    case "AWS::IAM::ManagedPolicy", "AWS::CloudTrail::EventDataStore":
      attribute("Arn", of: resource, called: name)
    case "AWS::CloudTrail::Trail": .text(property("TrailName", of: resource, called: name))
    default: .text(Self.symbol(name, "Ref"))
    }
  }

  /// What `Fn::GetAtt` gives of a resource.
  private mutating func attribute(
    _ attribute: String, of resource: Node, called name: String
  ) -> TemplateValue {
    switch (resource["Type"]?.scalarText, attribute) {
    case ("AWS::S3::Bucket", "Arn"):
      return arn(
        "s3", region: .literal(""), account: .literal(""),
        [
          property("BucketName", of: resource, called: name)
        ])
    case ("AWS::IAM::Role", "Arn"):
      return arn(
        "iam", region: .literal(""), account: account,
        [
          .literal("role"), path(of: resource), property("RoleName", of: resource, called: name),
        ])
    case ("AWS::IAM::ManagedPolicy", "Arn"), ("AWS::IAM::ManagedPolicy", "PolicyArn"):
      return arn(
        "iam", region: .literal(""), account: account,
        [
          .literal("policy"), path(of: resource),
          property("ManagedPolicyName", of: resource, called: name),
        ])
    case ("AWS::KMS::Key", "Arn"):
      return arn(
        "kms", region: region, account: account,
        [
          .literal("key/"), Self.symbol(name, "KeyId"),
        ])
    case ("AWS::CloudTrail::EventDataStore", "EventDataStoreArn"),
      ("AWS::CloudTrail::EventDataStore", "Arn"):
      return arn(
        "cloudtrail", region: region, account: account,
        [
          .literal("eventdatastore/"), Self.symbol(name, "Id"),
        ])
    case ("AWS::CloudTrail::Trail", "Arn"):
      return arn(
        "cloudtrail", region: region, account: account,
        [
          .literal("trail/"), property("TrailName", of: resource, called: name),
        ])
    default:
      return .text(Self.symbol(name, attribute))
    }
  }

  private func arn(
    _ service: String, region: PolicyText, account: PolicyText, _ resource: [PolicyText]
  ) -> TemplateValue {
    .text(
      Self.concatenated(
        [
          .literal("arn:\(partition):\(service):"), region, .literal(":"), account, .literal(":"),
        ] + resource))
  }

  /// The name a resource is given, or a symbol for the one that CloudFormation makes up.
  private mutating func property(
    _ property: String, of resource: Node, called name: String
  ) -> PolicyText {
    guard let node = resource["Properties"]?[named: property], let text = text(of: node) else {
      return Self.symbol(name, "Name")
    }
    return text
  }

  /// A role's or a policy's path, which begins and ends with a slash.
  private mutating func path(of resource: Node) -> PolicyText {
    resource[path: "Properties", "Path"].flatMap { text(of: $0) } ?? .literal("/")
  }
}
