import PolicyModel
import Testing

@testable import Simulation

@Suite struct `Positions of matched statements` {
  /// Cuts a marked text into the text and the line and column of each mark's begin and end.
  private func marked(_ text: String) -> (text: String, ends: [[Int]]) {
    let plain = text.replacing("«", with: "").replacing("»", with: "")
    let lines = LineIndex(Source(path: "", plain))
    var offset = 0
    var ends: [[Int]] = []
    for scalar in text.unicodeScalars {
      if scalar == "«" || scalar == "»" {
        let position = lines.position(of: offset)
        ends.append([position.line, position.column])
      } else {
        offset += UTF8.width(scalar)
      }
    }
    return (plain, ends)
  }

  private func positions(_ result: Node) -> [[Int]] {
    (result["MatchedStatements"]?.elements.map { $0 } ?? []).flatMap { statement in
      [statement["StartPosition"], statement["EndPosition"]].compactMap { position in
        guard let line = position?["Line"]?.integer, let column = position?["Column"]?.integer
        else { return nil }
        return [line, column]
      }
    }
  }

  private static let policies = [
    #"{"Version": "2012-10-17", "Statement": [«{"Effect": "Allow", "Action": "*", "Resource": "*"}»]}"#,
    """
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Sid": "schlüssel", "Effect": "Allow", "Action": "kms:*", "Resource": "*"}, «{
          "Effect": "Allow",
          "Action": "s3:*", "Resource": "*"
        }», {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"},
        {"Sid": "für", "Effect": "Allow", "Action": "ec2:*", "Resource": "*"},«{"Effect": "Allow",
    "Action": "*", "Resource": "*"}»
      ]
    }
    """,
  ]

  @Test(arguments: policies)
  func `They are lines and columns of the policy's own text`(_ policy: String) throws {
    let (text, ends) = marked(policy)
    let document =
      #"{"ActionNames": ["s3:GetObject"], "PolicyInputList": ["#
    #expect(
      positions(try answer(document + quotedJSON(text) + "]}").onlyResult) == ends)
    // As an object, the policy's text is what stands in the document.
    #expect(positions(try answer(document + text + "]}").onlyResult) == ends)
  }
}
