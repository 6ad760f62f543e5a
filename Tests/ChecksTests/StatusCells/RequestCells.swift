import Evidence
import PolicyModel

@testable import Checks

extension StatusCell {
  /// The request itself.
  static let request: [StatusCell] = [
    StatusCell("import-request", .proven) { _ in },
    StatusCell("import-request", .violated) {
      $0.change = { $0.facts.endTime = $0.facts.startTime }
    },
    StatusCell("import-request", .open) {
      $0.change = {
        $0.facts.destination = .stated(
          "arn:aws:cloudtrail:ca-west-1:111122223333:eventdatastore/EXAMPLE1-4357-45cd",
          by: "`--destination`")
      }
    },
    StatusCell("import-request", .notChecked) { $0.change = { $0.facts.bucketRegion = .unknown } },
    StatusCell("import-request", .notApplicable, cannotBe: "every copy is asked for"),
  ]

  /// What blocking public access does to the role.
  static let publicAccess: [StatusCell] = [
    StatusCell("public-access-block", .proven, ofOwner: "444455556666"),
    StatusCell("public-access-block", .violated, ofOwner: "444455556666") { $0.openToEveryone() },
    StatusCell("public-access-block", .open, ofOwner: "444455556666") {
      $0.openToEveryone(if: #""StringEquals": {"aws:PrincipalTag/team": "logs"}"#)
    },
    StatusCell("public-access-block", .notChecked, ofOwner: "444455556666") {
      $0.openToEveryone()
      $0.change = { $0.facts.restrictsPublicBuckets = .unknown }
    },
    StatusCell("public-access-block", .notApplicable, ofOwner: "111122223333") {
      $0.openToEveryone()
    },
  ]
}

extension SampleCopy {
  /// Lets everyone see where the bucket is.
  fileprivate mutating func openToEveryone(if condition: String = "") {
    let tail = condition.isEmpty ? "" : #", "Condition": {\#(condition)}"#
    self = replacing(
      \.bucketDocument, #""Statement": ["#,
      #""Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetBucketLocation", "#
        + #""Resource": "arn:aws:s3:::acme-logs"\#(tail)},"#)
  }
}
