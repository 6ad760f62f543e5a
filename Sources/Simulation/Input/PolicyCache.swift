import PolicyModel

/// The policies of recent documents, ready for use, by the bytes they were given in.
///
/// Bounded in two generations: when the young one is full it becomes the old one, whose policies
/// stay only if they are asked for again. A stream of ever new policies so costs bounded memory and
/// never more than a lookup.
struct PolicyCache {
  /// A policy with the bytes that make it: what stands between a string's quotes in the document, or
  /// an object's text.
  private struct Entry {
    var bytes: [UInt8]
    var policy: CachedPolicy
  }

  /// Policies by a hash of their bytes.
  ///
  /// Of two texts with one hash only the last is kept: nobody gains by making them collide.
  private typealias Generation = [UInt64: Entry]

  private var young: Generation = [:]
  private var old: Generation = [:]
  private var youngBytes = 0
  private let limits: (policies: Int, bytes: Int)

  init(
    policies: Int = Limits.cachedPolicies, bytes: Int = Limits.cachedPolicyBytes
  ) {
    limits = (policies / 2, bytes / 2)
  }

  /// How many policies are kept.
  var count: Int { young.count + old.count }

  /// The policy of a string or object, made now if it is not kept.
  mutating func policy(_ node: Node, as kind: PolicyKind) throws(InputProblem) -> CachedPolicy {
    let range = node.contentRange(of: node.entry)
    let bytes = node.tree.text
    let text = bytes.span.extracting(range)
    let hash = text.hashed(with: kind.salt)
    if let known = young[hash], Self.matches(known, text, kind) { return known.policy }
    let entry: Entry
    if let known = old[hash], Self.matches(known, text, kind) {
      entry = known
    } else {
      entry = Entry(bytes: Array(bytes[range]), policy: try CachedPolicy(node, as: kind))
    }
    keep(entry, hash)
    return entry.policy
  }

  private mutating func keep(_ entry: Entry, _ hash: UInt64) {
    guard entry.bytes.count <= limits.bytes else { return }
    if young.count >= limits.policies || youngBytes + entry.bytes.count > limits.bytes {
      old = young
      young = [:]
      youngBytes = 0
    }
    young[hash] = entry
    youngBytes += entry.bytes.count
  }

  private static func matches(_ entry: Entry, _ text: Span<UInt8>, _ kind: PolicyKind) -> Bool {
    entry.policy.kind == kind && entry.bytes.span.isSame(as: text)
  }
}

extension PolicyKind {
  /// A number of its own for each kind: the same text is another policy where it is attached elsewhere.
  fileprivate var salt: UInt64 {
    switch self {
    case .identity: 1 << 40
    case .trust: 2 << 40
    case .bucket: 3 << 40
    case .key: 4 << 40
    case .boundary: 5 << 40
    case .session: 6 << 40
    case .serviceControl: 7 << 40
    case .resourceControl: 8 << 40
    case .resource: 9 << 40
    }
  }
}
