import Checks
import Evidence
import PolicyModel
import Reporting

/// A report of documents that were written to do harm: every text in it is the same attack.
enum HostileReport {
  /// Text that means something to each of the formats.
  static let text =
    "x\n::error file=a::forged\r\n##[error]forged\u{1b}[2J\u{1b}]8;;http://evil.example\u{7}\u{9b}31m"
    + "</script><script>forged()</script><img src=x onerror=forged()>'\" onload=forged() x='"
    + "]]>&lt;&#60;<!-- \u{0}\u{b}\u{fffe}\u{ffff}|a|`code``more```\n```\n# heading\n- item\n"
    + "@everyone #1 [link](javascript:forged()) [l](https://evil.example/) ![i](http://evil.example/p.png) "
    + "\u{202e}drawkcab\u{202c}\u{200b}\u{2028}\u{85}\u{a0} {0} %0A%25 , : ; \\ $(x) $x$ "
    + "https://evil.example www.evil.example a@evil.example ~~s~~ *b* _i_ --> ]] {{ }} \u{10ffff}"

  static let source = Source(
    path: "dir/" + text + ".json", "{\"Sid\": \"\(text)\", \"Action\": \"*\"}\n\(text)")

  static var place: Place {
    Place(
      source: source, range: 8..<(8 + text.utf8.count), pointer: ["/" + text, "/" + text],
      address: text)
  }

  static var finding: Finding {
    var finding = Finding(
      "a-rule", .error, text, at: place, label: text,
      related: [Note(text, at: place), Note(text)], help: text,
      fixes: [
        Fix(
          title: text, safety: .safe,
          edits: [Edit(source: source, range: 0..<1, replacement: text)])
      ])
    finding.copy = text
    return finding
  }

  static var placeless: Finding {
    var finding = Finding("b-rule", .warning, text, at: nil, help: text)
    finding.copy = text
    return finding
  }

  static var suppressed: Finding {
    var finding = finding
    finding.suppression = Suppression(kind: .inSource, reason: text)
    return finding
  }

  static var report: Report {
    let statuses: [Requirement.Status] = [.proven, .violated, .open, .notChecked, .notApplicable]
    let rules: [RuleID] = ["s3-get-object", "kms-decrypt", "sts-assume-role", "a-rule", "b-rule"]
    let rows = zip(statuses, rules).map { status, rule in
      Requirement(
        rule: rule, summary: text, subject: text, severity: .error, status: status, reason: text,
        causes: status == .violated ? ["c-rule"] : [], needs: status == .notChecked ? [text] : [],
        dependsOn: status == .open ? [text] : [],
        suppression: status == .open ? Suppression(kind: .baseline, reason: text) : nil,
        counterexample: Requirement.Counterexample(
          principal: text, action: text, resource: text, context: [(text, text)]),
        trace: [text])
    }
    let copy = CopyReport(
      name: text, verdict: .blocked, assumptions: [text],
      facts: [
        CopyReport.FactRow(
          name: "source", value: text, status: .stated, place: place, origin: text),
        CopyReport.FactRow(
          name: "role-arn", value: text, status: .inferred, place: place, origin: text),
      ], requirements: rows)
    let unproven = CopyReport(
      name: text + "2", verdict: .unproven, assumptions: [], facts: copy.facts, requirements: [])
    return Report(
      version: text, asOf: Timestamp(seconds: 0), copies: [copy, unproven],
      findings: [finding, placeless, suppressed], documentCount: 1, isStrict: false)
  }

  /// The same without the blocked copy and the error, so that the last line of a run that succeeds is
  /// written, too.
  static var unprovenReport: Report {
    var report = report
    report.copies.removeFirst()
    report.findings.removeFirst()
    return report
  }

  static func options(_ change: (inout RenderingOptions) -> Void = { _ in }) -> RenderingOptions {
    var options = RenderingOptions()
    options.rules = RuleDescriptions([
      RuleDescription(
        id: "a-rule", summary: text, severity: .error, explanation: text, url: text),
      RuleDescription(
        id: "b-rule", summary: text, severity: .error, explanation: text,
        url: "javascript:forged()"),
    ])
    options.isVerbose = true
    change(&options)
    return options
  }
}
