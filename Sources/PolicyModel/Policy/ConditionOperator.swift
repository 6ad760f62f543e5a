/// A condition operator with its prefix and suffix (IAM User Guide, "IAM JSON policy elements:
/// Condition operators").
public struct ConditionOperator: Hashable, Sendable {
  /// The comparison without prefix and suffix.
  public enum Base: String, Hashable, Sendable, CaseIterable {
    case stringEquals = "StringEquals"
    case stringNotEquals = "StringNotEquals"
    case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
    case stringNotEqualsIgnoreCase = "StringNotEqualsIgnoreCase"
    case stringLike = "StringLike"
    case stringNotLike = "StringNotLike"
    case numericEquals = "NumericEquals"
    case numericNotEquals = "NumericNotEquals"
    case numericLessThan = "NumericLessThan"
    case numericLessThanEquals = "NumericLessThanEquals"
    case numericGreaterThan = "NumericGreaterThan"
    case numericGreaterThanEquals = "NumericGreaterThanEquals"
    case dateEquals = "DateEquals"
    case dateNotEquals = "DateNotEquals"
    case dateLessThan = "DateLessThan"
    case dateLessThanEquals = "DateLessThanEquals"
    case dateGreaterThan = "DateGreaterThan"
    case dateGreaterThanEquals = "DateGreaterThanEquals"
    case bool = "Bool"
    case binaryEquals = "BinaryEquals"
    case ipAddress = "IpAddress"
    case notIPAddress = "NotIpAddress"
    case arnEquals = "ArnEquals"
    case arnLike = "ArnLike"
    case arnNotEquals = "ArnNotEquals"
    case arnNotLike = "ArnNotLike"
    case null = "Null"
  }

  /// How a key with several values is compared.
  public enum Quantifier: Hashable, Sendable, CaseIterable {
    case forAllValues
    case forAnyValue
  }

  /// The comparison.
  public var base: Base
  /// `ForAllValues:` or `ForAnyValue:`; nil without.
  public var quantifier: Quantifier?
  /// Whether the operator ends in `IfExists`.
  public var ifExists: Bool

  /// Makes an operator.
  public init(base: Base, quantifier: Quantifier? = nil, ifExists: Bool = false) {
    self.base = base
    self.quantifier = quantifier
    self.ifExists = ifExists
  }
}
