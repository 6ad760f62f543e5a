import PolicyModel
import Testing

/// A policy with one mistake, marked, and what is said of it.
struct Mistake: Sendable, CustomTestStringConvertible {
  var kind: PolicyKind
  var text: String
  var rule: RuleID
  var severity: Severity
  var message: String
  var help: String?
  var testDescription: String { "\(kind.noun): \(message)" }

  init(
    _ kind: PolicyKind, _ text: String, _ message: String, help: String? = nil,
    rule: RuleID = "policy-grammar", severity: Severity = .error
  ) {
    self.kind = kind
    self.text = text
    self.rule = rule
    self.severity = severity
    self.message = message
    self.help = help
  }

  /// A mistake in the only statement of a policy.
  static func statement(
    _ kind: PolicyKind, _ text: String, _ message: String, help: String? = nil,
    rule: RuleID = "policy-grammar", severity: Severity = .error
  ) -> Mistake {
    Mistake(
      kind, #"{"Version": "2012-10-17", "Statement": [{\#(text)}]}"#, message, help: help,
      rule: rule, severity: severity)
  }

  /// A mistake in Action, Resource, Principal or Condition of a statement that is right otherwise.
  static func action(
    _ text: String, _ message: String, _ help: String, kind: PolicyKind = .identity
  )
    -> Mistake
  {
    let rest =
      kind == .trust
      ? #""Principal": {"Service": "cloudtrail.amazonaws.com"}"# : #""Resource": "*""#
    return statement(
      kind, #""Effect": "Allow", "Action": \#(text), \#(rest)"#, message, help: help)
  }

  static func resource(
    _ text: String, _ message: String, _ help: String, kind: PolicyKind = .identity,
    severity: Severity = .error
  ) -> Mistake {
    let principal = kind == .bucket ? #""Principal": "*", "# : ""
    return statement(
      kind, #""Effect": "Allow", \#(principal)"Action": "s3:*", "Resource": \#(text)"#, message,
      help: help, rule: "malformed-arn", severity: severity)
  }

  static func principal(
    _ text: String, _ message: String, _ help: String, kind: PolicyKind = .bucket,
    rule: RuleID = "policy-grammar", severity: Severity = .error
  ) -> Mistake {
    let rest =
      kind == .trust ? #""Action": "sts:AssumeRole""# : #""Action": "s3:*", "Resource": "*""#
    return statement(
      kind, #""Effect": "Deny", "Principal": \#(text), \#(rest)"#, message, help: help, rule: rule,
      severity: severity)
  }

  static func condition(
    _ text: String, _ message: String, _ help: String? = nil, rule: RuleID = "policy-grammar",
    severity: Severity = .error
  ) -> Mistake {
    statement(
      .identity,
      #""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": \#(text)"#, message,
      help: help, rule: rule, severity: severity)
  }

  static func value(_ text: String, _ message: String, _ help: String) -> Mistake {
    condition(text, message, help, rule: "malformed-condition-value")
  }
}

func policy(_ text: String, as kind: PolicyKind, format: DocumentFormat = .json) throws -> Policy {
  let path = format == .json ? "policy.json" : "policy.yaml"
  return Policy(
    reading: try Tree.parse(Source(path: path, text), format: format).root, as: kind)
}

private let statement = #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#

@Suite struct `Grammar of policies` {
  private static let documents: [Mistake] = [
    Mistake(
      .identity, "«[1]»", "expected a policy, found a list",
      help: "a policy is an object with `Version` and `Statement`"),
    Mistake(.key, "«null»", "expected a policy, found null"),
    Mistake(.identity, #"«"{}"»"#, "expected a policy, found a string"),
    Mistake(
      .identity, #"{«"Version"»: "2012-10-17"}"#, "policy has no `Statement`",
      help: "add `Statement` with a list of statements"),
    Mistake(.trust, "«{}»", "policy has no `Statement`"),
    Mistake(
      .identity, #"{"Version": "2012-10-17", "Statement": «[]»}"#, "policy has no statements"),
    Mistake(
      .identity, #"{"Version": "2012-10-17", "Statement": «"s3:*"»}"#,
      "`Statement` takes an object or a list of objects, not a string"),
    Mistake(
      .identity, #"{"Version": "2012-10-17", "Statement": [\#(statement), «["s3:*"]»]}"#,
      "expected a statement, found a list",
      help: "a statement is an object with `Effect`, `Action` and so on"),
    Mistake(
      .identity, #"{"Version": "2012-10-17", «"Statements"»: [\#(statement)]}"#,
      "unknown element `Statements` in a policy", help: "did you mean `Statement`?"),
    Mistake(
      .identity, #"{"Version": "2012-10-17", «"statement"»: [\#(statement)]}"#,
      "unknown element `statement` in a policy",
      help: "did you mean `Statement`? (names of elements are case-sensitive)"),
    Mistake(
      .identity, #"{"Version": "2012-10-17", «"Comment"»: "", "Statement": [\#(statement)]}"#,
      "unknown element `Comment` in a policy",
      help: "a policy has only `Version`, `Id`, `Statement`"),
    Mistake(
      .identity, #"{"Version": "2012-10-17", «"Effect"»: "Allow", "Statement": [\#(statement)]}"#,
      "unknown element `Effect` in a policy", help: "move it into a statement"),
    Mistake(
      .identity, #"{"Version": "2012-10-17", "Statement": [], «"Statement"»: [\#(statement)]}"#,
      "`Statement` is given twice", help: "keep one of them"),
    Mistake(
      .bucket,
      #"{"Version": «["2012-10-17"]», "Statement": {"Effect": "Deny", "Principal": "*", "#
        + #""Action": "*", "Resource": "*"}}"#, "`Version` takes a string, not a list"),
    Mistake(
      .identity, #"{"Version": "2012-10-17", «"Id"»: "a", "Statement": [\#(statement)]}"#,
      "`Id` has no place in an identity policy",
      help: "remove it: only resource policies have one", severity: .warning),
    Mistake(
      .identity, #"{"Version": "2012-10-17", "Id": «1», "Statement": [\#(statement)]}"#,
      "`Id` takes a string, not a number"),
  ]

  private static let versions: [Mistake] = [
    Mistake(
      .identity, #"{"Version": «"2012-10-18"», "Statement": [\#(statement)]}"#,
      "unknown language version `2012-10-18`", help: "write `2012-10-17`, the newest there is",
      rule: "policy-version", severity: .warning),
    Mistake(
      .trust,
      #"{"Version": «2012», "Statement": {"Effect": "Allow", "Principal": "*", "#
        + #""Action": "sts:AssumeRole"}}"#, "unknown language version `2012`",
      rule: "policy-version", severity: .warning),
    Mistake(
      .identity, #"{«"Statement"»: [\#(statement)]}"#,
      "an identity policy needs `Version`: without, it is written in the language of 2008",
      help: #"add `"Version": "2012-10-17"`"#, rule: "policy-version", severity: .warning),
    Mistake(
      .boundary, #"{"Version": «"2008-10-17"», "Statement": [\#(statement)]}"#,
      "a permissions boundary is refused in the language version `2008-10-17`",
      help: "write `2012-10-17`", rule: "policy-version", severity: .warning),
    Mistake(
      .bucket,
      #"{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "#
        + #""Resource": «"arn:aws:s3:::logs/${aws:username}/*"»}}"#,
      "`${aws:username}` is plain text in the language version of 2008",
      help: #"set `"Version": "2012-10-17"`, which has variables"#, rule: "policy-version",
      severity: .warning),
    Mistake(
      .key,
      #"{"Version": "2008-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "#
        + #""Action": "kms:*", "Resource": "*", "Condition": {"StringNotLike": {"aws:userid": "#
        + #"["a", «"x${aws:PrincipalTag/t, 'y'}z"»]}}}}"#,
      "`${aws:PrincipalTag/t, 'y'}` is plain text in the language version of 2008",
      rule: "policy-version", severity: .warning),
  ]

  private static let statements: [Mistake] = [
    .statement(
      .identity, #""Effect": "Allow", «"Actions"»: "s3:*", "Resource": "*""#,
      "unknown element `Actions` in a statement", help: "did you mean `Action`?"),
    .statement(
      .identity, #""Effect": "Allow", "Action": "s3:*", «"resource"»: "*""#,
      "unknown element `resource` in a statement",
      help: "did you mean `Resource`? (names of elements are case-sensitive)"),
    .statement(
      .identity, #""Effect": "Allow", "Action": "s3:*", "Resource": "*", «"Conditions"»: {}"#,
      "unknown element `Conditions` in a statement", help: "did you mean `Condition`?"),
    .statement(
      .identity, #""Effect": "Allow", "Action": "s3:*", "Resource": "*", «"Version"»: "1""#,
      "unknown element `Version` in a statement",
      help: "a statement has only `Sid`, `Effect`, `Principal`, `NotPrincipal`, `Action`, "
        + "`NotAction`, `Resource`, `NotResource`, `Condition`"),
    .statement(
      .identity, #"«"Action"»: "s3:*", "Resource": "*""#, "statement has no `Effect`",
      help: #"add `"Effect": "Allow"` or `"Effect": "Deny"`"#),
    .statement(
      .identity, #""Effect": «"allow"», "Action": "s3:*", "Resource": "*""#,
      "unknown effect `allow`", help: "did you mean `Allow`? (effects are case-sensitive)"),
    .statement(
      .identity, #""Effect": «"Denny"», "Action": "s3:*", "Resource": "*""#,
      "unknown effect `Denny`", help: "did you mean `Deny`?"),
    .statement(
      .identity, #""Effect": «"Permit"», "Action": "s3:*", "Resource": "*""#,
      "unknown effect `Permit`", help: "write `Allow` or `Deny`"),
    .statement(
      .identity, #""Effect": «true», "Action": "s3:*", "Resource": "*""#,
      "`Effect` takes `Allow` or `Deny`, not a Boolean"),
    .statement(
      .identity, #""Effect": "Allow", «"Effect"»: "Allow", "Action": "s3:*", "Resource": "*""#,
      "`Effect` is given twice", help: "keep one of them"),
    .statement(
      .identity, #"«"Sid"»: "A", "Effect": "Allow", "Resource": "*""#,
      "statement has neither `Action` nor `NotAction`"),
    .statement(
      .identity, #""Effect": "Allow", "Action": "s3:*", «"NotAction"»: "s3:*", "Resource": "*""#,
      "statement has both `Action` and `NotAction`",
      help: "keep one of them, or make two statements"),
    .statement(
      .identity, #""Effect": "Allow", "NotResource": "*", "Action": "s3:*", «"Resource"»: "*""#,
      "statement has both `Resource` and `NotResource`"),
    .statement(
      .identity, #"«"Effect"»: "Allow", "Action": "s3:*""#,
      "statement has neither `Resource` nor `NotResource`"),
    .statement(
      .trust,
      #""Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", «"Resource"»: "*""#,
      "`Resource` has no place in a trust policy",
      help: "remove it: a trust policy is about the role it belongs to"),
    .statement(
      .identity, #""Effect": "Allow", «"Principal"»: "*", "Action": "s3:*", "Resource": "*""#,
      "`Principal` has no place in an identity policy",
      help: "remove it: the policy is about whom it is attached to"),
    .statement(
      .serviceControl,
      #""Effect": "Deny", «"NotPrincipal"»: {"Aws": "x"}, "Action": "s3:*", "Resource": "*""#,
      "`NotPrincipal` has no place in a service control policy"),
    .statement(
      .bucket, #"«"Effect"»: "Allow", "Action": "s3:*", "Resource": "*""#,
      "statement has no `Principal`, and a bucket policy needs one"),
    .statement(
      .trust,
      #""Effect": "Deny", «"NotPrincipal"»: {"AWS": "111122223333"}, "Action": "sts:AssumeRole""#,
      "`NotPrincipal` has no place in a trust policy"),
    .statement(
      .bucket,
      #""Effect": "Allow", «"NotPrincipal"»: {"AWS": "111122223333"}, "Action": "s3:*", "#
        + #""Resource": "*""#, "`NotPrincipal` cannot stand with `Allow`",
      help: "name in `Principal` whom the statement allows"),
    .statement(
      .resourceControl,
      #""Effect": "Deny", "Principal": "*", «"NotAction"»: "s3:*", "Resource": "*""#,
      "`NotAction` has no place in a resource control policy"),
    .statement(
      .identity, #""Sid": «"Read logs"», "Effect": "Allow", "Action": "s3:*", "Resource": "*""#,
      "`Sid` `Read logs` holds more than letters and digits"),
    .statement(
      .trust, #""Sid": «1», "Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole""#,
      "`Sid` takes a string, not a number"),
    .statement(
      .identity,
      #""Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::é/*", "arn:aws:s3:::«—»/*"]"#,
      "an identity policy cannot hold the character `—`",
      help: "use characters up to U+00FF alone"),
    .statement(
      .key, #""Sid": "«日»本", "Effect": "Allow", "Principal": "*", "Action": "kms:*""#,
      "a key policy cannot hold the character `日`"),
    Mistake(
      .identity,
      #"{"Version": "2012-10-17", "Statement": [{"Sid": "A", "Effect": "Allow", "Action": "s3:*", "#
        + #""Resource": "*"}, {"Sid": «"A"», "Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}"#,
      "`Sid` `A` is used twice", help: "give each statement a name of its own"),
  ]

  private static let actions: [Mistake] = [
    .action(
      #"«"GetObject"»"#, "action `GetObject` names no service",
      "write the service and a colon before the action, as in `s3:GetObject`"),
    .action(
      #"["s3:GetObject", «""»]"#, "action `` names no service",
      "write the service and a colon before the action, as in `s3:GetObject`"),
    .action(
      #"«":GetObject"»"#, "action `:GetObject` names no service",
      "write the service and a colon before the action, as in `s3:GetObject`"),
    .action(
      #"«"arn:aws:s3:::logs"»"#, "action `arn:aws:s3:::logs` has more than one colon",
      "write the service, one colon and the action, as in `s3:GetObject`"),
    .action(
      #"«" s3:GetObject"»"#, "` s3` is no name of a service",
      "services have letters, digits, `-` and `.` in their names, as in `s3:GetObject`"),
    .action(
      "«[]»", "`Action` is an empty list", "name at least one, or remove the statement"),
    .action(
      #"["sts:AssumeRole", «"s3:GetObject"»]"#,
      "action `s3:GetObject` has no place in a trust policy",
      "a trust policy takes actions of `sts` alone; permissions belong in an identity policy",
      kind: .trust),
    .statement(
      .identity, #""Effect": "Allow", "Action": «{"s3": "GetObject"}», "Resource": "*""#,
      "`Action` takes a string or a list of strings, not an object"),
    .statement(
      .identity, #""Effect": "Allow", "Action": «null», "Resource": "*""#,
      "`Action` takes a string or a list of strings, not null"),
    .statement(
      .identity, #""Effect": "Allow", "Action": ["s3:*", «true»], "Resource": "*""#,
      "`Action` lists strings, not a Boolean"),
    .statement(
      .identity, #""Effect": "Allow", "Action": ["s3:*", «null»], "Resource": "*""#,
      "`Action` lists strings, not null", severity: .warning),
    .statement(
      .identity, #""Effect": "Allow", "Action": "s3:*", "Resource": «[]»"#,
      "`Resource` is an empty list"),
  ]

  private static let resources: [Mistake] = [
    .resource(
      #"«"logs/*"»"#, "resource `logs/*` is neither an ARN nor `*`",
      "write an ARN, as in `arn:aws:s3:::bucket/*`, or `*`"),
    .resource(
      #"«"s3://logs/*"»"#, "resource `s3://logs/*` is neither an ARN nor `*`",
      "did you mean `arn:aws:s3:::logs/*`?"),
    .resource(
      #"["*", «"ARN:aws:s3:::logs"»]"#, "resource `ARN:aws:s3:::logs` is neither an ARN nor `*`",
      "write `arn` in lower case"),
    .resource(
      #"«""»"#, "resource `` is neither an ARN nor `*`",
      "write an ARN, as in `arn:aws:s3:::bucket/*`, or `*`"),
    .resource(
      #"«"arn:s3:::logs/*"»"#, "`s3` is no partition of AWS",
      "write `arn:aws:…`, or `aws-us-gov` or `aws-cn` where the resource is there"),
    .resource(
      #"«"arn:aws:s3::logs"»"#, "ARN `arn:aws:s3::logs` has 5 of six parts",
      "write `arn:partition:service:region:account:resource`; region and account may be empty"),
    .resource(
      #"«"arn:aws:s3:logs"»"#,
      "ARN `arn:aws:s3:logs` has 4 of six parts, and AWS takes `*` for the others",
      "write `arn:partition:service:region:account:resource`; region and account may be empty",
      severity: .warning),
    .resource(
      #"«"arn:aws:s3:logs"»"#, "ARN `arn:aws:s3:logs` has 4 of six parts",
      "write `arn:partition:service:region:account:resource`; region and account may be empty",
      kind: .session),
    .resource(
      #"«"arn:aws:s3:logs"»"#, "ARN `arn:aws:s3:logs` has 4 of six parts",
      "write `arn:partition:service:region:account:resource`; region and account may be empty",
      kind: .bucket),
    .resource(
      #"«"arn:aws::::logs"»"#, "ARN `arn:aws::::logs` names no service",
      "write `arn:partition:service:region:account:resource`"),
    .resource(
      #"«"arn:aws:s3:us-east-1::logs/*"»"#,
      "ARN `arn:aws:s3:us-east-1::logs/*` names a region, which buckets and objects have none of in "
        + "their ARNs", "write `arn:aws:s3:::` before the bucket's name"),
    .resource(
      #"«"arn:aws:iam:us-east-1:111122223333:role/copy"»"#,
      "ARN `arn:aws:iam:us-east-1:111122223333:role/copy` names a region, which IAM's ARNs have none "
        + "of", "leave the region empty, as in `arn:aws:iam::111122223333:role/name`"),
    .resource(
      #"["arn:aws:iam::*:*", "arn:aws:iam::1:role/*", «"arn:aws:iam::111122223333:copy"»]"#,
      "ARN `arn:aws:iam::111122223333:copy` does not say what `copy` is",
      "write `role/`, `user/` or the like before the name"),
    .resource(
      #"«"arn:aws:kms:us-east-1:111122223333:key/a"»"#,
      "resource `arn:aws:kms:us-east-1:111122223333:key/a` is none of S3",
      "a bucket policy names its own bucket and its objects alone", kind: .bucket),
  ]

  private static let principals: [Mistake] = [
    .principal(
      #"«"111122223333"»"#, "principal `111122223333` stands without its kind",
      #"write `{"AWS": …}` around it; only `*` stands alone"#),
    .principal(
      #"«"cloudtrail.amazonaws.com"»"#,
      "principal `cloudtrail.amazonaws.com` stands without its kind",
      #"write `{"Service": …}` around it; only `*` stands alone"#, kind: .trust),
    .statement(
      .bucket, #""Effect": "Deny", "Principal": «["*"]», "Action": "s3:*", "Resource": "*""#,
      #"`Principal` takes `*` or an object such as `{"AWS": …}`, not a list"#),
    .principal(
      "«{}»", "`Principal` names nobody", "add `AWS`, `Service`, `Federated` or `CanonicalUser`"),
    .principal(
      #"{"AWS": «[]»}"#, "`AWS` is an empty list", "name at least one, or remove the statement"),
    .principal(
      #"{«"Aws"»: "*"}"#, "unknown kind of principal `Aws`",
      "did you mean `AWS`? (kinds of principals are case-sensitive)"),
    .principal(
      #"{«"Services"»: "cloudtrail.amazonaws.com"}"#, "unknown kind of principal `Services`",
      "did you mean `Service`?", kind: .trust),
    .principal(
      #"{«"Role"»: "r"}"#, "unknown kind of principal `Role`",
      "kinds are `AWS`, `Service`, `Federated`, `CanonicalUser`"),
    .principal(
      #"{"AWS": "*", «"AWS"»: "111122223333"}"#, "`AWS` is given twice", "keep one of them"),
    .principal(
      #"{"AWS": «"role/reader"»}"#, "principal `role/reader` is neither an ARN nor an account",
      "write `*`, an account of 12 digits, or an ARN as in `arn:aws:iam::111122223333:role/name`",
      rule: "malformed-arn"),
    .principal(
      #"{"AWS": «"1111-2222-3333"»}"#,
      "principal `1111-2222-3333` is neither an ARN nor an account",
      "write `*`, an account of 12 digits, or an ARN as in `arn:aws:iam::111122223333:role/name`",
      rule: "malformed-arn"),
    .principal(
      #"{"AWS": «"cloudtrail.amazonaws.com"»}"#,
      "principal `cloudtrail.amazonaws.com` is neither an ARN nor an account",
      "put it under `Service`", kind: .trust, rule: "malformed-arn"),
    .principal(
      #"{"AWS": «"arn:aws:s3:::logs"»}"#, "`arn:aws:s3:::logs` is no ARN of a principal",
      "write the ARN of a role, a user or a session, as in `arn:aws:iam::111122223333:role/name`",
      rule: "malformed-arn"),
    .principal(
      #"{"AWS": ["111122223333", «"arn:aws:iam::11112222333:root"»]}"#,
      "`11112222333` in principal `arn:aws:iam::11112222333:root` is no account",
      "accounts have 12 digits", rule: "malformed-arn"),
    .principal(
      #"{"AWS": «"arn:aws:iam:::role/reader"»}"#,
      "principal `arn:aws:iam:::role/reader` names no account", "accounts have 12 digits",
      rule: "malformed-arn"),
    .principal(
      #"{"AWS": «"arn:aws:iam::111122223333:role/*"»}"#,
      "principal `arn:aws:iam::111122223333:role/*` holds a wildcard, which matches nobody",
      "name the principal, or test `aws:PrincipalArn` with `ArnLike` in `Condition`"),
    .principal(
      #"{"Service": «"*"»}"#, "principal `*` holds a wildcard, which matches nobody",
      "name the service", kind: .trust),
    .principal(
      #"{"Federated": «"*"»}"#, "principal `*` holds a wildcard, which matches nobody",
      "name the provider", kind: .trust),
    .principal(
      #"{"Service": «"cloudtrail"»}"#, "`cloudtrail` is no service principal",
      "write the service's full name, as in `cloudtrail.amazonaws.com`", kind: .trust),
    .principal(
      #"{"AWS": «"arn:aws:iam::111122223333:group/readers"»}"#,
      "principal `arn:aws:iam::111122223333:group/readers` is a user group",
      "groups are no principals: name users or roles"),
    .principal(
      #"{"AWS": «111122223333»}"#, "account `111122223333` is a number, not a string",
      "put it in quotes", severity: .warning),
    .principal(
      #"{"AWS": ["111122223333", «444455556666»]}"#,
      "account `444455556666` is a number, not a string", "put it in quotes", severity: .warning),
    .principal(
      #"{"AWS": «"111122223333"»}"#, "a resource control policy takes no principal but `*`",
      "write `*` and test `aws:PrincipalArn` or the like in `Condition`", kind: .resourceControl),
  ]

  private static let conditions: [Mistake] = [
    .condition(#"«"aws:SourceArn"»"#, "`Condition` takes an object, not a string"),
    .condition(
      #"{«"StringEqual"»: {"aws:SourceAccount": "1"}}"#, "unknown condition operator `StringEqual`",
      "did you mean `StringEquals`?", rule: "unknown-condition-operator"),
    .condition(
      #"{«"stringEquals"»: {"aws:SourceAccount": "1"}}"#,
      "unknown condition operator `stringEquals`",
      "did you mean `StringEquals`? (operators are case-sensitive)",
      rule: "unknown-condition-operator"),
    .condition(
      #"{«"ForAnyValues:StringLike"»: {"aws:TagKeys": "1"}}"#,
      "unknown condition operator `ForAnyValues:StringLike`",
      "did you mean `ForAnyValue:StringLike`?", rule: "unknown-condition-operator"),
    .condition(
      #"{«"ForAllValues:StringLikeIfExist"»: {"aws:TagKeys": "1"}}"#,
      "unknown condition operator `ForAllValues:StringLikeIfExist`",
      "did you mean `ForAllValues:StringLikeIfExists`?", rule: "unknown-condition-operator"),
    .condition(
      #"{«"Matches"»: {"aws:SourceAccount": "1"}}"#, "unknown condition operator `Matches`",
      "use one of IAM's operators, such as `StringEquals` or `ArnLike`",
      rule: "unknown-condition-operator"),
    .condition(
      #"{«"aws:SourceArn"»: {}}"#,
      "unknown condition operator `aws:SourceArn`",
      #"write the operator before the key, as in `{"StringEquals": {"aws:SourceArn": …}}`"#,
      rule: "unknown-condition-operator"),
    .condition(
      #"{«"NullIfExists"»: {"aws:SourceAccount": "true"}}"#,
      "`NullIfExists` joins `Null` and `IfExists`, which IAM refuses",
      "write `Null`, which tests whether the key exists"),
    .condition(
      #"{"StringEquals": «"aws:SourceArn"»}"#,
      "`StringEquals` takes an object of condition keys, not a string"),
    .condition(
      #"{"StringEquals": {"aws:SourceAccount": "1"}, «"StringEquals"»: {}}"#,
      "`StringEquals` is given twice"),
    .condition(
      #"{"StringEquals": {"aws:SourceAccount": "1", «"aws:SourceAccount"»: "2"}}"#,
      "`aws:SourceAccount` is given twice"),
    .condition(
      #"{"StringEquals": {"aws:SourceAccount": "1", «"AWS:sourceaccount"»: "2"}}"#,
      "condition key `AWS:sourceaccount` is given twice, in different case", severity: .warning),
    .condition(
      #"{"StringEquals": {«"SourceArn"»: "1"}}"#, "condition key `SourceArn` names no service",
      "did you mean `aws:SourceArn`?"),
    .condition(
      #"{"StringEquals": {«"prefix"»: "1"}}"#, "condition key `prefix` names no service",
      "write `aws` or the service and a colon before the key, as in `aws:SourceArn`"),
    .condition(
      #"{"StringEquals": {"aws:SourceAccount": «null»}}"#,
      "`aws:SourceAccount` is compared with strings, numbers or Booleans, not null"),
    .condition(
      #"{"StringEquals": {"aws:SourceAccount": ["1", «["2"]»]}}"#,
      "`aws:SourceAccount` is compared with strings, numbers or Booleans, not a list"),
    .condition(
      #"{"StringEquals": {"aws:SourceAccount": «[]»}}"#,
      "`aws:SourceAccount` is compared with an empty list", severity: .warning),
    .value(
      #"{"NumericLessThan": {"s3:max-keys": «"ten"»}}"#, "`NumericLessThan` cannot read `ten`",
      "write a number, as in `10` or `1.2`"),
    .value(
      #"{"DateGreaterThanIfExists": {"aws:CurrentTime": ["2026-05-31", «"31.05.2026"»]}}"#,
      "`DateGreaterThan` cannot read `31.05.2026`",
      "write a date, as in `2026-05-31T00:00:00Z`, or seconds since 1970"),
    .value(
      #"{"Bool": {"aws:SecureTransport": «"yes"»}}"#, "`Bool` cannot read `yes`",
      "write `true` or `false`"),
    .value(
      #"{"Bool": {"aws:SecureTransport": «1»}}"#, "`Bool` cannot read `1`",
      "write `true` or `false`"),
    .value(
      #"{"Null": {"aws:SourceArn": «""»}}"#, "`Null` cannot read ``", "write `true` or `false`"),
    .value(
      #"{"BinaryEquals": {"a:b": «"?"»}}"#, "`BinaryEquals` cannot read `?`",
      "write base64, as in `QmluYXJ5`"),
    .value(
      #"{"NotIpAddress": {"aws:SourceIp": ["::/0", «"203.0.113.0/33"»]}}"#,
      "`NotIpAddress` cannot read `203.0.113.0/33`",
      "write an address or a range, as in `203.0.113.0/24`"),
    .value(
      #"{"ArnEquals": {"aws:SourceArn": «"111122223333"»}}"#,
      "`ArnEquals` cannot read `111122223333`",
      "write an ARN of six parts, as in `arn:aws:s3:::bucket`"),
    .value(
      #"{"ForAnyValue:ArnLike": {"aws:SourceArn": «"arn:aws:cloudtrail:us-east-1"»}}"#,
      "`ArnLike` cannot read `arn:aws:cloudtrail:us-east-1`",
      "write an ARN of six parts, as in `arn:aws:s3:::bucket`"),
  ]

  private static let all =
    documents + versions + statements + actions + resources + principals + conditions

  @Test(arguments: all) private func `A mistake is found once, at its mark`(_ mistake: Mistake)
    throws
  {
    let marked = MarkedText(mistake.text)
    let policy = try policy(marked.text, as: mistake.kind)
    #expect(policy.findings.map(\.message) == [mistake.message])
    #expect(policy.findings.map { $0.place?.range } == marked.ranges)
    #expect(policy.findings.map(\.rule) == [mistake.rule])
    #expect(policy.findings.map(\.severity) == [mistake.severity])
    if let help = mistake.help { #expect(policy.findings.first?.help == help) }
  }

  @Test(arguments: all)
  private func `YAML takes what JSON takes, and finds the same at the same place`(
    _ mistake: Mistake
  ) throws {
    // Flow style is JSON, so the marks hold there too; a plain number is text in YAML.
    let marked = MarkedText(mistake.text)
    let numbers = [
      "`Id` takes", "`Sid` takes", "is a number, not",
    ]
    let isAboutNumber = numbers.contains { mistake.message.contains($0) }
    let policy = try policy(marked.text, as: mistake.kind, format: .yaml)
    #expect(policy.findings.map(\.message).contains(mistake.message) == !isAboutNumber)
    if !isAboutNumber { #expect(policy.findings.map { $0.place?.range } == marked.ranges) }
  }

  @Test(arguments: statements + actions + resources + principals + conditions)
  private func `An error in a statement, and nothing less, makes it apply perhaps`(
    _ mistake: Mistake
  ) throws {
    let policy = try policy(MarkedText(mistake.text).text, as: mistake.kind)
    #expect(policy.statements.last?.isWellFormed == (mistake.severity != .error))
    #expect(policy.isUnreadable == false)
    #expect(policy.mayHoldFurtherStatements == false)
  }

  @Test func `A doubled element points at the first`() throws {
    let marked = MarkedText(
      #"{"Version": "2012-10-17", "Statement": {«"Effect"»: "Deny", "Action": "*", "Resource": "*", "#
        + #"«"Effect"»: "Allow"}}"#)
    let policy = try policy(marked.text, as: .identity)
    #expect(policy.findings.first?.place?.range == marked.ranges[1])
    #expect(policy.findings.first?.related.map { $0.place?.range } == [marked.ranges[0]])
    #expect(policy.statements.first?.effect == .allow)
    #expect(policy.findings.first?.place?.pointer == ["/Statement/Effect"])
  }

  @Test func `A doubled Sid points at the first`() throws {
    let marked = MarkedText(
      #"{"Version": "2012-10-17", "Statement": [{"Sid": «"A"», "Effect": "Deny", "Action": "*", "#
        + #""Resource": "*"}, {"Sid": «"A"», "Effect": "Deny", "Action": "*", "Resource": "*"}]}"#)
    let policy = try policy(marked.text, as: .identity)
    #expect(policy.findings.first?.related.map { $0.place?.range } == [marked.ranges[0]])
    #expect(policy.statements.map(\.isWellFormed) == [true, false])
  }

  @Test func `Of thousands of mistakes the first are told and the rest counted`() throws {
    let text =
      #"{"Version": "2012-10-17", "Statement": ["#
      + Array(repeating: "1", count: 10_000).joined(separator: ",") + "]}"
    let policy = try policy(text, as: .identity)
    #expect(policy.findings.count == 251)
    #expect(
      policy.findings.last?.message
        == "9750 findings beyond the first 250 of this policy are not shown")
    #expect(policy.findings.last?.severity == .error)
    #expect(policy.isUnreadable)
  }
}
