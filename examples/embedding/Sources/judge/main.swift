// Judges the four policies in a folder from Swift, and says what is missing:
//
//   swift run judge ../one-account/old-spelling

import Checks
import Foundation
import PolicyModel
import Reporting

let folder = URL(filePath: CommandLine.arguments.dropFirst().first ?? ".")
guard let moment = Timestamp(iso8601: "2026-11-21") else { exit(2) }

var question = CopyQuestion(name: "history", asOf: moment)
let uses: [(String, CopyQuestion.Use)] = [
  ("role.json", .role), ("trust.json", .trust), ("bucket.json", .bucket), ("key.json", .key()),
]
for (name, use) in uses {
  // What is not there is not given: unknown, never empty.
  guard let data = try? Data(contentsOf: folder.appending(path: name)) else { continue }
  question.add(Array(data), path: name, as: use)
}
do {
  try question.state(.source, "s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/")
} catch {
  print(error.message, error.help)
  exit(2)
}

let report = question.judged()
for copy in report.copies {
  print("\(copy.name) is \(copy.verdict)")
  for row in copy.requirements where row.status == .violated || row.status == .open {
    print("  \(row.rule.name) is \(row.status): \(row.reason)")
  }
}
print(report.rendered(as: .concise), terminator: "")
exit(report.verdict == .blocked ? 1 : 0)
