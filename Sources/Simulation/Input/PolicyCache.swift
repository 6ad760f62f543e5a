import PolicyModel

/// The policies of recent documents, ready for use, by the bytes they were given in.
///
/// Bounded in two generations: when the young one is full it becomes the old one, whose policies
/// stay only if they are asked for again. A stream of ever new policies so costs bounded memory and
/// never more than a lookup.
struct PolicyCache {
  /// The text between a string's quotes as the document has it, or an object's text, and what it is
  /// read as.
  private struct Key: Hashable {
    var bytes: [UInt8]
    var hashValueOfBytes: UInt64
    var kind: PolicyKind

    static func == (left: Key, right: Key) -> Bool {
      left.hashValueOfBytes == right.hashValueOfBytes && left.kind == right.kind
        && left.bytes == right.bytes
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hashValueOfBytes) }
  }

  private var young: [Key: CachedPolicy] = [:]
  private var old: [Key: CachedPolicy] = [:]
  private var youngBytes = 0
  private let limits: (policies: Int, bytes: Int)

  init(
    policies: Int = SimulationLimits.cachedPolicies, bytes: Int = SimulationLimits.cachedBytes
  ) {
    limits = (policies / 2, bytes / 2)
  }

  /// How many policies are kept.
  var count: Int { young.count + old.count }

  /// The policy of a string or object, made now if it is not kept.
  mutating func policy(_ node: Node, as kind: PolicyKind) throws(InputProblem) -> CachedPolicy {
    let bytes = Array(node.tree.text[node.contentRange(of: node.entry)])
    let key = Key(bytes: bytes, hashValueOfBytes: UInt64(bytes.hashValue.magnitude), kind: kind)
    if let known = young[key] { return known }
    let policy: CachedPolicy
    if let known = old[key] { policy = known } else { policy = try CachedPolicy(node, as: kind) }
    keep(policy, key)
    return policy
  }

  private mutating func keep(_ policy: CachedPolicy, _ key: Key) {
    guard key.bytes.count <= limits.bytes else { return }
    if young.count >= limits.policies || youngBytes + key.bytes.count > limits.bytes {
      old = young
      young = [:]
      youngBytes = 0
    }
    young[key] = policy
    youngBytes += key.bytes.count
  }
}
