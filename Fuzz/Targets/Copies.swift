import Checks
import Evidence
import PolicyModel
import Reporting

/// The input: documents (`records`), the tag of each what it was given as; `f` holds facts.
func fuzzShapes(_ bytes: [UInt8]) {
  let records = records(bytes)
  guard !records.isEmpty, records.count <= 16 else { return }
  judge(CopyInput(records))
}

/// The input: `f` and `p` records for facts and parameters, every other a template.
func fuzzCloudFormation(_ bytes: [UInt8]) {
  let records = records(bytes)
  guard !records.isEmpty, records.count <= 8 else { return }
  var input = CopyInput(records)
  input.documents = input.documents.map { Document($0.source, as: .anything) }
  judge(input)
}

/// Judges a copy and renders every report.
private func judge(_ input: CopyInput) {
  let judged = report(of: input)
  var options = RenderingOptions()
  options.isVerbose = true
  for format in OutputFormat.allCases {
    let text = render(judged, as: format, options: options)
    if format == .json || format == .sarif || format == .gitlab {
      let source = Source(path: "report.json", text)
      check(
        (try? Tree.json(source.text, from: Tree.Origin(source: source))) != nil,
        "a report that is no JSON")
    }
  }
  check(
    render(judged, as: .json, options: options)
      == render(report(of: input), as: .json, options: options),
    "the same documents give two reports")
  for finding in judged.findings {
    if let place = finding.place { checkPlace(place) }
    for related in finding.related { if let place = related.place { checkPlace(place) } }
  }
  guard judged.verdict == .ready else { return }
  check(!judged.findings.contains { $0.severity == .error }, "ready with an error")
  // What denies the role everything makes no copy ready.
  var denied = input
  denied.documents.append(Document(Source(path: "deny.json", denyAll), as: .role))
  check(report(of: denied).verdict != .ready, "ready with a role that is denied everything")
}

private let denyAll = """
  {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}
  """

private func report(of input: CopyInput) -> Report {
  Report(
    judging: [CopyPlan(assembling: input)], with: JudgeSettings(version: "fuzz"),
    asOf: input.asOf, documentCount: input.documents.count)
}

extension CopyInput {
  init(_ records: [(tag: UInt8, body: [UInt8])]) {
    self.init(name: "command line", asOf: Timestamp(seconds: 1_795_219_200))
    for (number, record) in records.enumerated() {
      switch record.tag {
      case UInt8(ascii: "f"): addFacts(record.body)
      case UInt8(ascii: "p"): addParameters(record.body)
      case UInt8(ascii: "n"):
        absences.append(
          Absence(of: record.body.first.map(Self.use) ?? .bucket, origin: "`none`"))
      default: add(record.body, as: Self.use(record.tag), number)
      }
    }
  }

  private static func use(_ tag: UInt8) -> Document.Use {
    switch tag {
    case UInt8(ascii: "r"): .role
    case UInt8(ascii: "t"): .trust
    case UInt8(ascii: "b"): .bucket
    case UInt8(ascii: "k"): .key(arn: nil)
    case UInt8(ascii: "B"): .boundary
    case UInt8(ascii: "s"): .serviceControl(level: nil)
    case UInt8(ascii: "S"): .serviceControl(level: "root")
    case UInt8(ascii: "R"): .resourceControl(level: nil)
    case UInt8(ascii: "c"): .caller
    default: .anything
    }
  }

  private mutating func add(_ body: [UInt8], as use: Document.Use, _ number: Int) {
    do {
      documents.append(Document(try Source.decoding(body, path: "document-\(number)"), as: use))
    } catch {
      documents.append(Document(undecodable: error, as: use))
    }
  }

  private mutating func addFacts(_ body: [UInt8]) {
    for line in String(decoding: body, as: UTF8.self).split(separator: "\n").prefix(32) {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let name = FactName(rawValue: String(parts[0])),
        let fact = try? StatedFact(name, String(parts[1]), origin: "`--\(name.rawValue)`")
      else { continue }
      facts.append(fact)
    }
  }

  private mutating func addParameters(_ body: [UInt8]) {
    for line in String(decoding: body, as: UTF8.self).split(separator: "\n").prefix(32) {
      let parts = line.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { parameters[String(parts[0])] = String(parts[1]) }
    }
  }
}
