import PolicyModel

extension CopyPlan {
  /// Judges what each document is, collects the facts it states, infers what documents agree on,
  /// and puts the policies into their layers.
  ///
  /// This is the only way from documents to a plan. It never fails: what cannot be used is a
  /// finding of the plan, and what nobody gave is a gap of a layer or an unknown fact.
  package init(assembling input: CopyInput) {
    var assembly = CopyAssembly(input)
    self = assembly.finished()
  }
}

/// The steps from documents to a plan, in the order in which one needs the other.
struct PlanAssembly {
  /// What the documents say.
  var dossier: Dossier
  /// What is known so far.
  var plan: CopyPlan
  /// Every policy, read once.
  var policies: [ReadPolicy] = []
  /// The positions of the policies that are said to be of a role, by the role's name.
  var policiesOfRoles: [String: [Int]] = [:]

  init(_ input: CopyInput, deployedIn deployment: Deployment) {
    plan = CopyPlan(name: input.name, asOf: input.asOf)
    (dossier, plan.documents) = Dossier.collecting(input.documents, deployedIn: deployment)
    dossier.findings += deployment.findings
    dossier.add(input.absences)
    dossier.add(input.facts)
  }

  /// Settles what is copied from where to where, which listings are read for.
  mutating func begin() {
    policies = dossier.policies.enumerated().map { ReadPolicy($1, order: $0) }
    for (order, given) in dossier.policies.enumerated() {
      if case .role(let name)? = given.owner { policiesOfRoles[name, default: []].append(order) }
    }
    addImports()
    settlePlaces()
    placeBucket()
    settleRole()
    placeRole()
    placeTrust()
    settleBucket()
    placeDefinedBucket()
    settleStore()
    settleTimes()
  }

  /// Settles the rest, with what listings show.
  mutating func finish(_ readings: [ListingReading]) -> CopyPlan {
    takeListings(readings)
    placeKeys()
    settleRegion()
    settleRest()
    settleOldestLogDate()
    placeBoundary()
    placeOrganization()
    placeCaller()
    collectFindings()
    return plan
  }

  /// Gathers what the policies and documents found, each thing once, in the order of the contract.
  private mutating func collectFindings() {
    var reported: [PolicyKind: Set<NodeValue>] = [:]
    for read in policies where read.given.isPickedOut || read.isUsed {
      guard !read.policy.findings.isEmpty,
        reported[read.kind, default: []].insert(read.value).inserted
      else { continue }
      dossier.findings += read.policy.findings
    }
    var seen = Set<Finding>()
    plan.findings = (plan.findings + dossier.findings)
      .filter { seen.insert($0).inserted }
      .map { finding in
        var finding = finding
        finding.copy = plan.name
        return finding
      }
      .sorted(by: Finding.isOrderedBefore)
  }
}

/// A policy that was given, read by the grammar of its layer.
struct ReadPolicy: Sendable {
  /// Where it comes from.
  let given: GivenPolicy
  /// Its position among all.
  let order: Int
  /// What it was read as.
  let kind: PolicyKind
  /// What it says.
  let policy: Policy
  /// The plan's layer it is in; nil where it is in none.
  var usedAs: GivenPolicy.Layer?

  /// Whether it is in one of the plan's layers.
  var isUsed: Bool { usedAs != nil }

  init(_ given: GivenPolicy, order: Int, as kind: PolicyKind? = nil) {
    self.given = given
    self.order = order
    self.kind = kind ?? given.layer.kind
    policy = Policy(reading: given.node, as: self.kind)
  }

  /// What it came in, in words that can follow "by".
  var origin: String { given.origin }

  /// Where the document stands.
  var place: Place { given.node.place }

  /// What the document says, however it is written.
  var value: NodeValue { NodeValue(of: given.node) }
}

extension GivenPolicy.Layer {
  /// The grammar of the layer's policies.
  var kind: PolicyKind {
    switch self {
    case .role, .caller, .managed, .unplaced: .identity
    case .trust: .trust
    case .bucket: .bucket
    case .key: .key
    case .boundary: .boundary
    case .serviceControl: .serviceControl
    case .resourceControl: .resourceControl
    case .foreign: .resource
    }
  }
}

extension Finding {
  /// By path, offset and rule; findings without a place first, as they have no path.
  static func isOrderedBefore(_ left: Finding, _ right: Finding) -> Bool {
    left.sortKey < right.sortKey
  }

  private var sortKey: (String, Int, String, String) {
    (place?.source.path ?? "", place?.start ?? -1, rule.name, message)
  }
}
