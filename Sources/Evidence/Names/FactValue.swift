import PolicyModel

/// A value that several documents may state, and that may be the same without being written alike.
protocol FactValue: Hashable, Sendable {
  /// Whether both may be one value: a reference of a template may stand for any name.
  func mayEqual(_ other: Self) -> Bool
  /// Whether the two cannot be one value.
  func contradicts(_ other: Self) -> Bool
  /// Whether nothing in the value is left open.
  var isLiteral: Bool { get }
}

extension FactValue {
  func mayEqual(_ other: Self) -> Bool { self == other }
  func contradicts(_ other: Self) -> Bool { self != other }
  var isLiteral: Bool { true }
}

extension Bool: FactValue {}
extension Int: FactValue {}
extension Timestamp: FactValue {}
extension [String]: FactValue {}
extension CopyFacts.BucketKeys: FactValue {}

extension String: FactValue {
  func mayEqual(_ other: String) -> Bool { SymbolicName.mayEqual(self, other) }
  func contradicts(_ other: String) -> Bool {
    isLiteral == other.isLiteral ? isLiteral && self != other : !mayEqual(other)
  }
  var isLiteral: Bool { !SymbolicName.isSymbolic(self) }
}

extension S3Location: FactValue {
  func mayEqual(_ other: S3Location) -> Bool {
    bucket.mayEqual(other.bucket) && prefix.mayEqual(other.prefix)
  }
  func contradicts(_ other: S3Location) -> Bool {
    bucket.contradicts(other.bucket) || prefix.contradicts(other.prefix)
  }
  var isLiteral: Bool { bucket.isLiteral && prefix.isLiteral }
}
