package import Checks
package import PolicyModel

/// An output format, by the name that `--output-format` takes.
public enum OutputFormat: String, CaseIterable, Sendable {
  /// Frames of source, a table of requirements and the verdict, for a person.
  case text
  /// A line a finding, in the order of gcc's, for editors.
  case concise
  /// Everything, for programs; `docs/report.schema.json` describes it.
  case json
  /// SARIF 2.1.0, for code scanning and editors.
  case sarif
  /// Workflow commands of GitHub Actions.
  case github
  /// GitLab's Code Quality.
  case gitlab
  /// JUnit XML, a case a requirement.
  case junit
  /// For a comment on a pull request.
  case markdown
  /// One page to keep.
  case html

  /// Whether a person reads it in a terminal, so that colour and width matter.
  package var isForTerminals: Bool {
    switch self {
    case .text, .concise: true
    case .json, .sarif, .github, .gitlab, .junit, .markdown, .html: false
    }
  }

  /// Whether every rule is linked to its page, and not only those with findings.
  package var linksEveryRule: Bool {
    switch self {
    case .sarif, .markdown, .html: true
    case .text, .concise, .json, .github, .gitlab, .junit: false
    }
  }

  /// Whether nothing at all says that there was nothing to do; a program wants a document even then.
  package var isForPeople: Bool {
    switch self {
    case .text, .concise, .github, .markdown: true
    case .json, .sarif, .gitlab, .junit, .html: false
    }
  }
}

/// What a rendering needs to know beside the report.
package struct RenderingOptions: Sendable {
  /// How the page of a rule is shown in `text`.
  package enum Links: Sendable {
    case none
    /// The address on a line of its own.
    case urls
    /// A terminal hyperlink on the rule's id.
    case hyperlinks
  }

  /// Whether ANSI colours may be used; other formats than `text` and `concise` never do.
  package var usesColor = false
  /// How many columns the terminal has; nil where the output is no terminal.
  package var width: Int?
  /// Shows facts, traces, reasons of proven rows and suppressed findings.
  package var isVerbose = false
  /// Shows findings only.
  package var isQuiet = false
  /// How the page of a rule is shown.
  package var links = Links.none
  /// The least severity that fails the run.
  package var failOn = Severity.error
  /// How paths look from the root of the repository.
  package var paths = PathMapping()
  /// What is known of the rules.
  package var rules = RuleDescriptions.empty

  package init() {}
}

/// Turns a report into the text of a format; the same arguments give the same bytes.
package func render(
  _ report: Report, as format: OutputFormat, options: RenderingOptions = RenderingOptions()
) -> String {
  switch format {
  case .text: TextReport(report, options).render()
  case .concise: ConciseReport(report, options).render()
  case .json: JSONReport(report, options).render()
  case .sarif: SARIFReport(report, options).render()
  case .github: GitHubReport(report, options).render()
  case .gitlab: GitLabReport(report, options).render()
  case .junit: JUnitReport(report, options).render()
  case .markdown: MarkdownReport(report, options).render()
  case .html: HTMLReport(report, options).render()
  }
}
