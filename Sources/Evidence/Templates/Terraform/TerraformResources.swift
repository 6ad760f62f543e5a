import PolicyModel

/// Reads the resources of a plan or state that matter to a copy.
struct TerraformResources: Sendable {
  let plan: TerraformPlan
  var reader: ShapeReader
  var buckets: [BucketRecord] = []
  /// The position of each bucket by its name.
  var bucketNumbers: [String: Int] = [:]
  /// Keys by their ids, as positions in the plan.
  var keysByID: [String: Int] = [:]
  /// Keys whose policy is a resource of its own.
  var keysOfPolicies: Set<String> = []
  /// What data sources put together, by their addresses; nil where nobody can tell.
  var rebuilt: [String: RebuiltDocument?] = [:]
  /// The same as policies.
  var rebuiltNodes: [String: Node] = [:]
  /// How many documents are being put together, one inside the other.
  var depth = 0
  /// How many statements may still be written; stops a plan that puts one long document into
  /// thousands of others.
  var piecesLeft = 200_000
  /// Inline policies of each role, by the role's name.
  private var inlineNames: [String: [Said<String>]] = [:]
  /// Managed policies of each role, likewise.
  private var managedARNs: [String: [Said<String>]] = [:]

  typealias Item = TerraformPlan.Item

  init(_ plan: TerraformPlan, reader: ShapeReader) {
    self.plan = plan
    self.reader = reader
  }

  mutating func read() {
    // What others refer to comes first.
    for item in plan.items where item.type == "aws_s3_bucket" { readBucket(item) }
    findKeys()
    for item in plan.items { read(item) }
    reader.dossier.buckets += buckets
    finishRoles()
    noteIncompleteness()
  }

  /// Notes that a plan does not show all that there will be: one of some targets alone, or one that
  /// ended in an error.
  ///
  /// Terraform, "JSON Output Format", "Plan Representation": `complete` and `errored`.
  private mutating func noteIncompleteness() {
    for (name, isWhole) in [("complete", true), ("errored", false)] {
      guard let node = plan.root[named: name], let value = node.boolean, value != isWhole else {
        continue
      }
      reader.dossier.deferred.append(
        DeferredPolicy(
          layer: .role, owner: nil, address: name, place: node.place,
          reason: "the plan is not complete: `\(name)` is \(value)"))
    }
  }

  private mutating func read(_ item: Item) {
    switch item.type {
    case "aws_iam_role": readRole(item)
    case "aws_iam_role_policy": readRolePolicy(item)
    case "aws_iam_policy": readPolicy(item)
    case "aws_iam_role_policy_attachment", "aws_iam_policy_attachment": readAttachment(item)
    case "aws_s3_bucket_policy": readBucketPolicy(item)
    case "aws_s3_bucket_ownership_controls": readOwnership(item)
    case "aws_s3_bucket_public_access_block": readPublicAccess(item)
    case "aws_s3_bucket_server_side_encryption_configuration": readEncryption(item)
    case "aws_s3_bucket_lifecycle_configuration": readLifecycle(item)
    case "aws_kms_key": readKey(item)
    case "aws_kms_key_policy": readKeyPolicy(item)
    case "aws_kms_alias": readAlias(item)
    case "aws_cloudtrail": readTrail(item)
    case "aws_cloudtrail_event_data_store": readStore(item)
    default: break
    }
  }

  // MARK: Names

  /// A known text of a resource; nil where it is null or known only later.
  func text(_ name: String, of item: Item) -> Said<String>? {
    reader.text(item.values[named: name])
  }

  /// Whether a value is known only after the plan is carried out.
  func isUnknown(_ name: String, of item: Item) -> Bool {
    item.unknown?[named: name]?.boolean == true
  }

  /// A symbol for a value that is known only later.
  func symbol(_ attribute: String, of item: Item) -> Said<String> {
    Said(
      TemplateResolver.symbol(item.address, attribute).encoded, by: reader.origin, at: item.place)
  }

  /// The account a resource is made in, as far as anybody says.
  func account(of item: Item) -> String {
    let key = plan.configuration.providerKey(of: item.address)
    return reader.deployment.account?.value ?? plan.account(ofProvider: key)?.value
      ?? TemplateResolver.symbol("provider \(key ?? "aws")", "account_id").encoded
  }

  /// The Region a resource is made in, as far as anybody says.
  func region(of item: Item) -> String {
    text("region", of: item)?.value ?? knownRegion(of: item)?.value
      ?? TemplateResolver.symbol(
        "provider \(plan.configuration.providerKey(of: item.address) ?? "aws")", "region"
      )
      .encoded
  }

  private func knownRegion(of item: Item) -> Said<String>? {
    reader.deployment.region
      ?? plan.configuration.providerKey(of: item.address).flatMap {
        plan.configuration.region(ofProvider: $0)
      }
  }

  private var partition: String {
    reader.deployment.region.map { Deployment.partition(ofRegion: $0.value) } ?? "aws"
  }

  /// The ARN of a resource: as it is known, or made of what it will consist of.
  func arn(
    of item: Item, _ service: String, region: String, _ resource: String
  ) -> Said<String> {
    text("arn", of: item)
      ?? Said(
        "arn:\(partition):\(service):\(region):\(account(of: item)):\(resource)",
        by: reader.origin, at: item.place)
  }

  /// A name that an attribute gives, or that of the resource it refers to.
  func name(
    _ attribute: String, of item: Item, types: Set<String>, _ nameOf: (Item) -> Said<String>
  ) -> Said<String>? {
    if let known = text(attribute, of: item) { return known }
    return plan.target(of: attribute, in: item, types: types).map(nameOf)
  }

  /// Keeps a policy that stands in a string; one that is known only later leaves its layer unknown.
  mutating func keep(
    _ attribute: String, of item: Item, as layer: GivenPolicy.Layer, _ owner: GivenPolicy.Owner?,
    named name: String? = nil
  ) {
    if isUnknown(attribute, of: item) {
      let expression = plan.configuration.resource(item.address)?["expressions"]?[
        named: attribute]
      if let document = document(expression, of: item) {
        reader.keep(defined: document, as: layer, of: owner, named: name)
        return
      }
      reader.dossier.deferred.append(
        DeferredPolicy(
          layer: layer, owner: owner, name: name, address: item.address, place: item.place))
      return
    }
    guard let node = item.values[named: attribute], node.kind == .string,
      node.scalarText?.isEmpty == false
    else { return }
    reader.keep(defined: node, as: layer, of: owner, named: name)
  }

  // MARK: Roles

  /// The role's name: known, or a symbol.
  func roleName(of item: Item) -> Said<String> {
    text("name", of: item) ?? symbol("name", of: item)
  }

  func roleARN(of item: Item) -> Said<String> {
    let path = text("path", of: item)?.value ?? "/"
    return arn(of: item, "iam", region: "", "role\(path)\(roleName(of: item).value)")
  }

  private mutating func readRole(_ item: Item) {
    let name = roleName(of: item)
    let arn = roleARN(of: item)
    guard AWSNames.isRoleARN(arn.value) else { return }
    reader.dossier.roles.append(
      RoleRecord(
        arn: arn, name: name.value, id: text("unique_id", of: item),
        trust: trust(of: item, named: name.value), boundary: boundary(of: item),
        isPickedOut: false, option: nil, isDefined: true))
    inlineNames[name.value, default: []] += []
    managedARNs[name.value, default: []] += attached("managed_policy_arns", to: item)
    readInlinePolicies(of: item, named: name.value)
  }

  private mutating func trust(of item: Item, named role: String) -> Node? {
    if isUnknown("assume_role_policy", of: item) {
      let expression = plan.configuration.resource(item.address)?[
        path: "expressions", "assume_role_policy"]
      if let document = document(expression, of: item) { return document }
      reader.dossier.deferred.append(
        DeferredPolicy(
          layer: .trust, owner: .role(name: role), address: item.address, place: item.place))
      return nil
    }
    guard let node = item.values["assume_role_policy"], node.kind == .string else { return nil }
    do throws(SyntaxFailure) {
      return try node.policyDocument()
    } catch {
      reader.dossier.findings.append(Finding(error))
      return nil
    }
  }

  /// Reads `inline_policy`, of which some may be known only later.
  private mutating func readInlinePolicies(of item: Item, named role: String) {
    let owner = GivenPolicy.Owner.role(name: role)
    let expressions = plan.configuration.resource(item.address)?[
      path: "expressions", "inline_policy"]
    let unknown = item.unknown?["inline_policy"]
    // What nobody wrote is unknown too, and nothing once the role is made.
    if unknown?.boolean == true, expressions != nil {
      reader.dossier.deferred.append(
        DeferredPolicy(layer: .role, owner: owner, address: item.address, place: item.place))
    }
    let flags = unknown.map { Array($0.elements) } ?? []
    let written = expressions.map { Array($0.elements) } ?? []
    let policies = Array(item.values.list("inline_policy"))
    for (number, policy) in policies.enumerated() {
      let said = reader.text(policy["name"])
      if let said { inlineNames[role, default: []].append(said) }
      if number < flags.count, flags[number]["policy"]?.boolean == true {
        let block = Self.block(for: policy, of: policies.count, named: ["name"], in: written)
        if let document = document(block?["policy"], of: item) {
          reader.keep(defined: document, as: .role, of: owner, named: said?.value)
        } else {
          reader.dossier.deferred.append(
            DeferredPolicy(
              layer: .role, owner: owner, name: said?.value, address: item.address,
              place: item.place))
        }
      } else if let text = policy["policy"], text.kind == .string {
        reader.keep(defined: text, as: .role, of: owner, named: said?.value)
      }
    }
  }

  /// The managed policies of a list, of which some may be known only later.
  private func attached(_ attribute: String, to item: Item) -> [Said<String>] {
    let known = item.values[named: attribute].map { $0.elements.compactMap { reader.text($0) } }
    guard let flags = item.unknown?[named: attribute],
      let expression = plan.configuration.resource(item.address)?["expressions"]?[
        named: attribute]
    else { return known ?? [] }
    let count = flags.kind == .array ? flags.elements.count { $0.boolean == true } : nil
    guard flags.boolean == true || count != 0 else { return known ?? [] }
    let later = plan.targets(of: expression, in: item, types: ["aws_iam_policy"]).filter {
      text("arn", of: $0) == nil
    }
    let arns = later.map(policyARN)
    let isWhole = count == nil ? !arns.isEmpty : arns.count == count
    return (known ?? []) + arns + (isWhole ? [] : [symbol(attribute, of: item)])
  }

  private func boundary(of item: Item) -> Said<String>? {
    if let known = text("permissions_boundary", of: item) { return known }
    guard isUnknown("permissions_boundary", of: item) else { return nil }
    return plan.target(of: "permissions_boundary", in: item, types: ["aws_iam_policy"])
      .map(policyARN) ?? symbol("permissions_boundary", of: item)
  }

  private mutating func readRolePolicy(_ item: Item) {
    let role = name("role", of: item, types: ["aws_iam_role"], roleName)
    // Nobody can tell whose it is: perhaps the copy's role.
    let owner = role ?? symbol("role", of: item)
    let said = text("name", of: item) ?? symbol("name", of: item)
    inlineNames[owner.value, default: []].append(said)
    keep("policy", of: item, as: .role, .role(name: owner.value), named: said.value)
  }

  func policyARN(of item: Item) -> Said<String> {
    let name = text("name", of: item) ?? symbol("name", of: item)
    return arn(
      of: item, "iam", region: "", "policy\(text("path", of: item)?.value ?? "/")\(name.value)")
  }

  private mutating func readPolicy(_ item: Item) {
    keep("policy", of: item, as: .managed, .managedPolicy(arn: policyARN(of: item).value))
  }

  private mutating func readAttachment(_ item: Item) {
    let policy =
      name("policy_arn", of: item, types: ["aws_iam_policy"], policyARN)
      ?? symbol("policy_arn", of: item)
    var roles = item.values.list("roles").compactMap { reader.text($0) }
    let flags = item.unknown?["roles"]
    let count =
      flags?.boolean == true ? Int.max : flags?.elements.count { $0.boolean == true } ?? 0
    if count > 0 {
      let expression = plan.configuration.resource(item.address)?[path: "expressions", "roles"]
      let later =
        expression.map { plan.targets(of: $0, in: item, types: ["aws_iam_role"]).map(roleName) }
        ?? []
      roles += later.filter { name in !roles.contains { $0.value == name.value } }
      if later.isEmpty || later.count < count && count != .max { attachToAny(item) }
    }
    if let role = name("role", of: item, types: ["aws_iam_role"], roleName) {
      roles.append(role)
    } else if isUnknown("role", of: item) {
      attachToAny(item)
    }
    for role in roles { managedARNs[role.value, default: []].append(policy) }
  }

  /// Notes a policy that may be any role's: which one's it is is known only later.
  private mutating func attachToAny(_ item: Item) {
    reader.dossier.deferred.append(
      DeferredPolicy(layer: .managed, owner: nil, address: item.address, place: item.place))
  }

  private mutating func finishRoles() {
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
