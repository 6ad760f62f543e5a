public import Checks
import Evidence
public import PolicyModel

/// One copy, as another program asks about it: its documents, and what is known beside them.
///
/// It is what `lint-copy check` makes of its options, without files, clock and environment:
///
/// ```swift
/// var question = CopyQuestion(name: "history", asOf: moment)
/// question.add(bytes, path: "policies/role.json", as: .role)
/// try question.state(.source, "s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/")
/// let report = question.judged()
/// ```
///
/// What is not given is unknown, never empty.
public struct CopyQuestion: Sendable {
  /// What a document is given as: the option of `lint-copy check` of that name.
  public enum Use: Hashable, Sendable {
    /// Permissions of the role that CloudTrail will assume; all documents of this use are all of them.
    case role
    /// The role's trust policy.
    case trust
    /// The source bucket's policy.
    case bucket
    /// The policy of a KMS key; without its ARN, of the only key that is known.
    case key(arn: String? = nil)
    /// The role's permissions boundary.
    case boundary
    /// A service control policy, and the level it is attached at.
    case serviceControl(level: String? = nil)
    /// A resource control policy, and the level it is attached at.
    case resourceControl(level: String? = nil)
    /// A policy of whoever starts the import.
    case caller
    /// Anything, recognised by its shape: a policy, an answer of the AWS CLI, a template, a plan.
    case anything
  }

  /// What is known of a copy beside its documents: the option of that name.
  public enum Fact: String, Hashable, Sendable, CaseIterable {
    /// `s3://bucket/prefix/`
    case source
    /// The source bucket's Region.
    case bucketRegion = "bucket-region"
    /// The account that owns the source bucket.
    case bucketAccount = "bucket-account"
    /// The role that CloudTrail will assume, with its path.
    case roleARN = "role-arn"
    /// The event data store.
    case destination
    /// A KMS key that the log files are encrypted with; may be stated several times.
    case keyARN = "key-arn"
    /// The account of whoever starts the import.
    case callerAccount = "caller-account"
    /// The organization's management account.
    case managementAccount = "management-account"
    /// The organization.
    case organizationID = "organization-id"
    /// The time of the oldest event to copy.
    case startTime = "start-time"
    /// The time of the newest event to copy.
    case endTime = "end-time"
    /// For how many days the copied events shall be kept.
    case keepDays = "keep-days"
    /// `on`, `off` or `mixed`.
    case bucketKeys = "bucket-keys"
    /// The account a template is deployed in.
    case account
    /// The Region a template is deployed in.
    case region
  }

  /// A value that does not have the form of its fact.
  public struct Malformed: Error, Hashable, Sendable {
    /// What is wrong: "`12` is not an account id".
    public var message: String
    /// What to give instead.
    public var help: String
  }

  private var input: CopyInput

  /// Asks about a copy.
  ///
  /// - Parameters:
  ///   - name: what reports call it.
  ///   - asOf: the moment it is judged at, which retention is counted from.
  public init(name: String, asOf: Timestamp) {
    input = CopyInput(name: name, asOf: asOf)
  }

  /// Gives a document.
  ///
  /// Bytes that are no text, or no JSON or YAML, are a finding of the report.
  ///
  /// - Parameters:
  ///   - bytes: the file as it is: UTF-8 or UTF-16, JSON or YAML.
  ///   - path: what findings call it; nothing is read from there.
  ///   - use: what it is.
  public mutating func add(_ bytes: [UInt8], path: String, as use: Use = .anything) {
    do throws(SyntaxFailure) {
      input.documents.append(Document(try Source.decoding(bytes, path: path), as: use.documentUse))
    } catch {
      input.documents.append(Document(undecodable: error, as: use.documentUse))
    }
  }

  /// States a fact, which wins over what documents say.
  public mutating func state(_ fact: Fact, _ value: String) throws(Malformed) {
    guard let name = FactName(rawValue: fact.rawValue) else { return }
    do throws(StatedFact.Malformed) {
      input.facts.append(try StatedFact(name, value, origin: "`\(fact.rawValue)`"))
    } catch {
      throw Malformed(message: error.message, help: error.help)
    }
  }

  /// Says that there is no document of a use, such as no bucket policy.
  public mutating func stateNone(of use: Use) {
    input.absences.append(
      Absence(of: use.documentUse, origin: "`\(use.documentUse.option ?? "") none`"))
  }

  /// Gives a template's parameter a value.
  public mutating func setParameter(_ name: String, to value: String) {
    input.parameters[name] = value
  }

  /// Judges the copy by all rules.
  ///
  /// - Parameter isStrict: whether an unproven copy is a failure where a format says pass or fail.
  public func judged(isStrict: Bool = false) -> Report {
    let settings = JudgeSettings(isStrict: isStrict, version: Release.version)
    return Report(
      judging: [CopyPlan(assembling: input)], with: settings, asOf: input.asOf,
      documentCount: input.documents.count)
  }
}

extension CopyQuestion.Use {
  fileprivate var documentUse: Document.Use {
    switch self {
    case .role: .role
    case .trust: .trust
    case .bucket: .bucket
    case .key(let arn): .key(arn: arn)
    case .boundary: .boundary
    case .serviceControl(let level): .serviceControl(level: level)
    case .resourceControl(let level): .resourceControl(level: level)
    case .caller: .caller
    case .anything: .anything
    }
  }
}
