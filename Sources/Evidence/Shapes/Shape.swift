import PolicyModel

/// One shape of document that people have: how it is told, and what is read from it.
///
/// A shape is told by the names of its members alone, never by its file's name. Each has a file of
/// its own and a line in ``all``.
struct Shape: Sendable {
  /// What a document of the shape is, in words that can follow "this is".
  let name: String
  /// The options whose policy a document of the shape carries.
  let carries: Set<Carried>
  /// Whether a document has the shape.
  let matches: @Sendable (Node) -> Bool
  /// Writes down what the document says.
  let read: @Sendable (Node, inout ShapeReader) -> Void

  /// The options a document may be given with.
  enum Carried: Hashable, Sendable {
    case role
    case trust
    case bucket
    case key
    case boundary
    case organization
    case caller
  }

  /// A shape that carries no policy unless said otherwise.
  init(
    _ name: String, carries: Set<Carried> = [], matches: @escaping @Sendable (Node) -> Bool,
    read: @escaping @Sendable (Node, inout ShapeReader) -> Void
  ) {
    self.name = name
    self.carries = carries
    self.matches = matches
    self.read = read
  }

  /// The answer of an AWS CLI command.
  static func answer(
    _ command: String, carries: Set<Carried> = [],
    matches: @escaping @Sendable (Node) -> Bool,
    read: @escaping @Sendable (Node, inout ShapeReader) -> Void
  ) -> Shape {
    Shape("the answer of `aws \(command)`", carries: carries, matches: matches, read: read)
  }

  /// What a document of the shape is; of a policy by itself more than the shape says.
  func name(of root: Node) -> String {
    name == Shape.policy.name ? PolicyTraits(root).nature.name : name
  }

  /// What documents are that people write.
  static let writtenNames = Set(
    PolicyTraits.Nature.allCases.map(\.name) + [policy.name, cloudFormationTemplate.name])

  /// The shape of a document; nil where it is none we know.
  static func recognising(_ root: Node) -> Shape? {
    all.first { $0.matches(root) }
  }
}

extension Document.Use {
  /// What a document given this way must carry; nil where anything will do.
  var wanted: Shape.Carried? {
    switch self {
    case .role: .role
    case .trust: .trust
    case .bucket: .bucket
    case .key: .key
    case .boundary: .boundary
    case .serviceControl, .resourceControl: .organization
    case .caller: .caller
    case .anything: nil
    }
  }

  /// The layer of a policy given this way; nil where its shape must tell.
  var layer: GivenPolicy.Layer? {
    switch self {
    case .role: .role
    case .trust: .trust
    case .bucket: .bucket
    case .key: .key
    case .boundary: .boundary
    case .serviceControl(let level): .serviceControl(level: level)
    case .resourceControl(let level): .resourceControl(level: level)
    case .caller: .caller
    case .anything: nil
    }
  }

  /// What the option is for, with its article.
  var noun: String {
    switch self {
    case .role: "the role's permissions"
    case .trust: "a trust policy"
    case .bucket: "a bucket policy"
    case .key: "a key policy"
    case .boundary: "a permissions boundary"
    case .serviceControl: "a service control policy"
    case .resourceControl: "a resource control policy"
    case .caller: "a policy of whoever starts the import"
    case .anything: "a document"
    }
  }
}
