import Checks
import PolicyModel
import Reporting
import Simulation

/// The folder of `--witness`: one document for each access requirement that is violated.
///
/// A document is written whole or not at all, and takes the place of one of an earlier run. Nothing
/// is ever removed.
struct WitnessFolder {
  private let path: String

  /// Refuses a path that is none.
  init(_ path: String) throws(Refusal) {
    guard !path.isEmpty else { throw Refusal("`--witness` has an empty path") }
    self.path = path
  }

  /// Writes the documents; gives the lines to say on standard error.
  func write(_ report: Report, in surroundings: Surroundings) throws(Refusal) -> String {
    try surroundings.makeFolder(path)
    var names = WitnessNames()
    var lines: [String] = []
    var count = 0
    var countForAWS = 0
    for copy in report.copies {
      for refutation in copy.refutations {
        guard let witness = refutation.witness else {
          lines.append(
            "no witness for `\(refutation.rule)` on `\(refutation.subject)`: parts of its request "
              + "are not known")
          continue
        }
        let name = names.next(copy.name, refutation.rule)
        try surroundings.write(witness.document, to: "\(path)/\(name)")
        count += 1
        if witness.isForAWS { countForAWS += 1 }
      }
    }
    lines.append(Self.summary(count, forAWS: countForAWS) + " in `\(path)`")
    return lines.map { "lint-copy: \(VisibleText.escaped($0))\n" }.joined()
  }

  /// How many there are, and whom they are for.
  private static func summary(_ count: Int, forAWS countForAWS: Int) -> String {
    let witnesses = count == 1 ? "1 witness" : "\(count) witnesses"
    guard countForAWS < count else { return witnesses }
    let alone = countForAWS == 0 ? "" : "\(count - countForAWS) of them "
    return "\(witnesses), \(alone)for `lint-copy simulate` alone,"
  }
}

extension Refutation {
  /// The request as a document for `simulate`; nil where it cannot be written down.
  fileprivate var witness: Witness? {
    evidence.flatMap {
      Witness(of: $0.question, $0.explanation, resourceAccount: $0.resourceAccount)
    }
  }
}

/// Names of files that every system takes: `COPY.RULE.json`, and `COPY.RULE.2.json` for a second
/// subject.
struct WitnessNames {
  /// The longest part of a name; systems take 255 bytes in all.
  private static let longestPart = 100
  /// In lower case: there are systems on which names that differ in case are one.
  private var used: Set<String> = []

  /// A name that none of the earlier ones is.
  mutating func next(_ copy: String, _ rule: RuleID) -> String {
    let stem = "\(Self.safe(copy)).\(Self.safe(rule.name))"
    var name = "\(stem).json"
    var number = 1
    while !used.insert(name.lowercased()).inserted {
      number += 1
      name = "\(stem).\(number).json"
    }
    return name
  }

  /// A text with a hyphen in place of whatever might mean something in a path or a shell; no hidden
  /// file and no option.
  private static func safe(_ text: String) -> String {
    var safe: [UInt8] = []
    for byte in text.utf8.prefix(longestPart) {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        safe.append(byte)
      case UInt8(ascii: ".") where !safe.isEmpty: safe.append(byte)
      default: if !safe.isEmpty, safe.last != UInt8(ascii: "-") { safe.append(UInt8(ascii: "-")) }
      }
    }
    while let last = safe.last, last == UInt8(ascii: "-") || last == UInt8(ascii: ".") {
      safe.removeLast()
    }
    return safe.isEmpty ? "copy" : String(decoding: safe, as: UTF8.self)
  }
}
