import Evidence
import PolicyModel

@testable import Checks

extension StatusCell {
  /// Whoever starts the import, and the account it is started in.
  static let caller: [StatusCell] = [
    StatusCell("caller-start-import", .proven) { _ in },
    StatusCell("caller-start-import", .violated) {
      $0 = $0.replacing(\.callerText, #""Resource": "*""#, #""Resource": "\#(SampleCopy.store)""#)
    },
    StatusCell("caller-start-import", .open) {
      $0 = $0.replacing(
        \.callerText, #""Resource": "*""#,
        #""Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#)
    },
    StatusCell("caller-start-import", .notChecked) { $0.withoutCallerPolicies() },
    StatusCell("caller-start-import", .notApplicable, cannotBe: "somebody starts every import"),
    StatusCell("caller-pass-role", .proven) { _ in },
    StatusCell("caller-pass-role", .violated) {
      $0 = $0.replacing(\.callerText, "role/lake/CopyEvents", "role/CopyEvents")
    },
    StatusCell("caller-pass-role", .open) {
      $0 = $0.replacing(
        \.callerText, #""StringEquals": {"iam:PassedToService""#,
        #""StringLike": {"aws:UserAgent": "aws-cli/*"}, "StringEquals": {"iam:PassedToService""#)
    },
    StatusCell("caller-pass-role", .notChecked) { $0.withoutCallerPolicies() },
    StatusCell("caller-pass-role", .notApplicable, cannotBe: "every import is given a role"),
    StatusCell("role-account", .proven) { _ in },
    StatusCell("role-account", .violated) {
      $0.change = {
        $0.facts.roleARN = .stated(
          "arn:aws:iam::777788889999:role/lake/CopyEvents", by: "`--role-arn`")
      }
    },
    StatusCell("role-account", .open, cannotBe: "accounts are compared: known or not checked"),
    StatusCell("role-account", .notChecked) { $0.change = { $0.facts.destination = .unknown } },
    StatusCell("role-account", .notApplicable, cannotBe: "every copy has a role"),
    StatusCell("import-in-progress", .proven) { _ in },
    StatusCell("import-in-progress", .violated) {
      $0.change = { $0.facts.hasOngoingImport = .stated(true, by: "the list of imports") }
    },
    StatusCell("import-in-progress", .open, cannotBe: "a list shows an import or does not"),
    StatusCell("import-in-progress", .notChecked) {
      $0.change = {
        $0.facts.hasOngoingImport = .unknown(because: "the list of imports was cut short")
      }
    },
    StatusCell("import-in-progress", .notApplicable, cannotBe: "every account has a list, or none"),
  ]
}

extension SampleCopy {
  fileprivate mutating func withoutCallerPolicies() {
    change = { $0.caller = .notGiven("--caller-policy", "the caller's policies", isPlural: true) }
  }
}
