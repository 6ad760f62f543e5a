import PolicyModel

extension Shape {
  /// What `terraform show -json` prints of a plan.
  static let terraformPlan = Shape(
    "a Terraform plan",
    matches: { $0.has("format_version") && $0.hasArray("resource_changes") },
    read: { $1.keep(terraform: $0) })

  /// What `terraform show -json` prints of a state, and of a plan without changes.
  static let terraformState = Shape(
    "a Terraform state",
    matches: { root in
      root.has("format_version")
        && (root.has("terraform_version") || root.hasObject("values")
          || root.hasObject("planned_values"))
    },
    read: { $1.keep(terraform: $0) })
}

extension ShapeReader {
  fileprivate mutating func keep(terraform root: Node) {
    let version = root["format_version"]?.scalarText ?? ""
    let major = version.prefix { $0 != "." }
    guard major == "0" || major == "1" else {
      dossier.findings.append(
        Finding(
          "policy-grammar", .error, "the format version is `\(version)`, and only 1.x is read",
          at: (root["format_version"] ?? root).place,
          help: "write it with a version of Terraform that has `show -json` in format 1"))
      return
    }
    let plan = TerraformPlan(root)
    if let omitted = plan.firstOmitted {
      dossier.findings.append(
        Finding(
          "policy-grammar", .error,
          "more than \(Limits.planResources) roles, policies, buckets and keys in one plan",
          at: omitted))
    }
    var resources = TerraformResources(plan, reader: self)
    resources.read()
    self = resources.reader
  }
}

/// The resources of a plan or state that matter to a copy.
struct TerraformPlan: Sendable {
  /// One resource as it will be.
  struct Item: Sendable {
    /// Such as `module.role.aws_iam_role.copy[0]`.
    var address: String
    var type: String
    /// The address of its module; empty for the root.
    var module: String
    /// The values as a document of its own, so that its places know the address.
    var values: Node
    /// Which values are known only after the plan is carried out.
    var unknown: Node?
    /// Where it is described.
    var place: Place
  }

  /// A policy that a data source puts together: `aws_iam_policy_document`.
  struct Document: Sendable {
    var address: String
    /// The values as they stand in the plan.
    var values: Node
    /// Which values are known only after the plan is carried out.
    var unknown: Node?
  }

  /// The plan or state.
  let root: Node
  /// What it was made from.
  let configuration: TerraformConfiguration
  /// The resources in the order they are written.
  private(set) var items: [Item] = []
  /// The same by type.
  private(set) var itemsByType: [String: [Int]] = [:]
  /// Policies that data sources put together, by their addresses.
  private(set) var documents: [String: Document] = [:]
  /// What references lead to.
  private(set) var instances = TerraformInstances()
  private var numbers: [String: Int] = [:]
  /// The account of each provider that a data source asked who it is.
  private var callers: [String: Said<String>] = [:]
  /// The first account of all, and the first that nothing says the provider of.
  private var firstCaller: Said<String>?
  private var callerOfAny: Said<String>?

  /// The first resource beyond that, which is not read.
  private(set) var firstOmitted: Place?

  static let types: Set = [
    "aws_iam_role", "aws_iam_role_policy", "aws_iam_policy", "aws_iam_role_policy_attachment",
    "aws_iam_policy_attachment", "aws_s3_bucket", "aws_s3_bucket_policy",
    "aws_s3_bucket_ownership_controls", "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_lifecycle_configuration", "aws_s3_bucket_request_payment_configuration",
    "aws_kms_key", "aws_kms_key_policy", "aws_kms_alias", "aws_cloudtrail",
    "aws_cloudtrail_event_data_store",
  ]

  init(_ root: Node) {
    self.root = root
    configuration = TerraformConfiguration(root["configuration"])
    if root.hasArray("resource_changes") {
      for (number, change) in root.list("resource_changes").enumerated() {
        add(change: change, at: "/resource_changes/\(number)")
      }
      addModules(
        of: root[path: "prior_state", "values", "root_module"],
        at: "/prior_state/values/root_module",
        onlyData: true)
    } else {
      let name: StaticString = root.has("values") ? "values" : "planned_values"
      addModules(of: root[path: name, "root_module"], at: "/\(name)/root_module", onlyData: false)
    }
  }

  private mutating func add(change: Node, at pointer: String) {
    // What is deleted has nothing after it.
    guard let after = change[path: "change", "after"], after.kind == .object,
      let address = change["address"]?.string, let type = change["type"]?.string
    else { return }
    let module = change["module_address"]?.string ?? ""
    if change["mode"]?.hasContent("data") == true {
      addData(type, address, after, change[path: "change", "after_unknown"])
    } else {
      add(
        type, address, module, after, at: "\(pointer)/change/after",
        unknown: change[path: "change", "after_unknown"],
        described: place(of: change, at: pointer, address))
    }
  }

  /// Adds the resources of a module and of those below it.
  private mutating func addModules(of module: Node?, at pointer: String, onlyData: Bool) {
    var left = module.map { [($0, pointer)] } ?? []
    while let (module, pointer) = left.popLast() {
      for (number, resource) in module.list("resources").enumerated() {
        let pointer = "\(pointer)/resources/\(number)"
        guard let values = resource["values"], values.kind == .object,
          let address = resource["address"]?.string, let type = resource["type"]?.string
        else { continue }
        if resource["mode"]?.hasContent("data") == true {
          addData(type, address, values, nil)
        } else if !onlyData {
          add(
            type, address, module["address"]?.string ?? "", values, at: "\(pointer)/values",
            unknown: nil, described: place(of: resource, at: pointer, address))
        }
      }
      for (number, child) in module.list("child_modules").enumerated() {
        left.append((child, "\(pointer)/child_modules/\(number)"))
      }
    }
  }

  /// Where a resource is described: at its address.
  private func place(of resource: Node, at pointer: String, _ address: String) -> Place {
    let node = resource["address"] ?? resource
    return Place(
      source: root.tree.source, range: node.range,
      pointer: root.pointer.dropLast() + ["\(pointer)/address"], address: address)
  }

  private mutating func add(
    _ type: String, _ address: String, _ module: String, _ values: Node, at pointer: String,
    unknown: Node?, described place: Place
  ) {
    guard Self.types.contains(type) else { return }
    guard items.count < Limits.planResources else {
      firstOmitted = firstOmitted ?? place
      return
    }
    var builder = TreeBuilder(resolving: values.tree, address: address, copying: pointer)
    builder.copy(values)
    items.append(
      Item(
        address: address, type: type, module: module, values: builder.finish().root,
        unknown: unknown, place: place))
    itemsByType[type, default: []].append(items.count - 1)
    instances.add(address)
    if numbers[address] == nil { numbers[address] = items.count - 1 }
  }

  private mutating func addData(
    _ type: String, _ address: String, _ values: Node, _ unknown: Node?
  ) {
    switch type {
    case "aws_iam_policy_document":
      // What is read anew comes before what was read the last time.
      guard documents[address] == nil, documents.count < Limits.planResources else { return }
      documents[address] = Document(address: address, values: values, unknown: unknown)
      instances.add(address)
    case "aws_caller_identity":
      guard let node = values["account_id"], let account = node.scalarText,
        AWSNames.isAccount(account)
      else { return }
      let said = Said(account, by: "a Terraform plan", at: node.place)
      firstCaller = firstCaller ?? said
      if let provider = configuration.providerKey(of: address) {
        callers[provider] = callers[provider] ?? said
      } else {
        callerOfAny = callerOfAny ?? said
      }
    default: break
    }
  }

  /// The resource of an address; of several the first.
  func item(_ address: String) -> Item? { numbers[address].map { items[$0] } }

  /// The account of a provider, as far as a data source asked for it.
  func account(ofProvider key: String?) -> Said<String>? {
    guard let key else { return firstCaller }
    return callers[key] ?? callerOfAny
  }
}
