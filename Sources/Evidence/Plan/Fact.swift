public import PolicyModel

/// How a fact came to be known.
public enum FactStatus: String, Sendable, Hashable {
  /// An option, `lint-copy.yaml` or a document that describes the thing itself says so.
  case stated
  /// Policies mention it, and nothing contradicts. Proves nothing about those policies.
  case inferred
  /// Nothing says.
  case unknown
}

/// One thing about a copy that somebody stated, that documents let us infer, or that nobody knows.
///
/// A text may hold references of a template (`PolicyText.encoded`): the same reference is the same
/// value, and a reference against a literal is neither equal nor different.
public struct Fact<Value: Sendable & Hashable>: Sendable, Hashable {
  /// The value; nil exactly where the status is unknown.
  public let value: Value?
  /// How it came to be known.
  public let status: FactStatus
  /// Where it was said, or from where it was inferred.
  public let place: Place?
  /// In words, where the value comes from: "the Principal of the bucket policy".
  ///
  /// For an unknown fact why nothing could be taken, where something was said; else empty.
  public let origin: String

  private init(value: Value?, status: FactStatus, place: Place?, origin: String) {
    self.value = value
    self.status = status
    self.place = place
    self.origin = origin
  }

  /// A fact that nobody knows.
  public static var unknown: Self {
    Self(value: nil, status: .unknown, place: nil, origin: "")
  }

  /// A fact that nobody knows although something was said; `reason` says in words why.
  package static func unknown(because reason: String) -> Self {
    Self(value: nil, status: .unknown, place: nil, origin: reason)
  }

  /// A fact that is known; `origin` says in words where from.
  public static func stated(_ value: Value, by origin: String, at place: Place? = nil) -> Self {
    Self(value: value, status: .stated, place: place, origin: origin)
  }

  /// A fact that policies suggest; `origin` says in words where from.
  public static func inferred(_ value: Value, from origin: String, at place: Place? = nil) -> Self {
    Self(value: value, status: .inferred, place: place, origin: origin)
  }

  /// The same fact about another value, such as the account of an ARN.
  public func map<Other: Sendable & Hashable>(_ transform: (Value) -> Other?) -> Fact<Other> {
    guard let value, let other = transform(value) else { return Fact<Other>.unknown }
    return Fact<Other>(
      value: other, status: status, place: place,
      origin: origin)
  }
}
