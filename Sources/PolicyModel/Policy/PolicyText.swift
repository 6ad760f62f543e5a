/// Text of a policy, which in a template may hold references that nobody can resolve yet.
public enum PolicyText: Hashable, Sendable {
  /// Text without references: all there is outside templates and plans.
  case literal(String)
  /// Text with at least one reference.
  case segments([Segment])

  /// A part of a text.
  public enum Segment: Hashable, Sendable {
    case literal(String)
    /// A value of a resource of the same template or plan: equal to itself, else unknown.
    case symbol(Symbol)
    /// Any text; the reason says why nobody knows it.
    case unknown(reason: String)
  }

  /// A value of a resource that is made with the template, such as a role's ARN.
  public struct Symbol: Hashable, Sendable {
    /// The resource's name in the template or address in the plan.
    public var resource: String
    /// The attribute, such as `Arn`.
    public var attribute: String

    /// Makes a symbol.
    public init(resource: String, attribute: String) {
      self.resource = resource
      self.attribute = attribute
    }
  }

  /// The whole text where it holds no reference.
  public var literal: String? {
    if case .literal(let text) = self { text } else { nil }
  }

  /// The parts, one for a text without references.
  public var segments: [Segment] {
    switch self {
    case .literal(let text): [.literal(text)]
    case .segments(let segments): segments
    }
  }

  /// The text as people write it, with references as `${…}`.
  public var description: String {
    switch self {
    case .literal(let text): text
    case .segments(let segments):
      segments.map { segment in
        switch segment {
        case .literal(let text): text
        case .symbol(let symbol): "${\(symbol.resource).\(symbol.attribute)}"
        case .unknown: "${…}"
        }
      }.joined()
    }
  }
}
