package import PolicyModel
import Rules

/// What must hold for a copy, and why: one file of `Rules/`, or of a team's own rules.
///
/// A rule says what; its check decides. The page (why it matters, what to do, examples) is parsed
/// only when somebody asks for it.
package struct Rule: Sendable {
  /// What goes wrong where the rule does not hold.
  package enum Category: String, Sendable, Hashable, CaseIterable {
    /// CloudTrail is denied something it must do.
    case accessDenied = "access-denied"
    /// A condition keeps CloudTrail out.
    case condition
    /// The guide asks for it before a copy.
    case prerequisite
    /// The copy runs, and events are missing or there twice.
    case eventsLost = "events-lost"
    /// The API refuses the request.
    case refused
    /// AWS rejects the document, or reads it otherwise than it is meant.
    case document
    /// What is given does not suffice to prove anything.
    case evidence
    /// Somebody else is let in.
    case exposure
    /// It would be better otherwise.
    case advice
    /// A team's own rule.
    case custom

    /// The category in a few words.
    package var title: String {
      switch self {
      case .accessDenied: "access denied"
      case .condition: "kept out by a condition"
      case .prerequisite: "documented prerequisite"
      case .eventsLost: "events lost or copied twice"
      case .refused: "the API refuses"
      case .document: "rejected or misread document"
      case .evidence: "nothing provable"
      case .exposure: "somebody else let in"
      case .advice: "advice"
      case .custom: "custom rule"
      }
    }
  }

  /// One thing a check is told.
  package enum Parameter: Sendable, Hashable {
    case text(String)
    case list([String])

    /// The text of a parameter that is no list.
    package var text: String? {
      if case .text(let text) = self { text } else { nil }
    }

    /// All texts, one for a parameter that is no list.
    package var values: [String] {
      switch self {
      case .text(let text): [text]
      case .list(let values): values
      }
    }
  }

  /// What a check is told, in the order of the file.
  package struct Parameters: Sendable, Hashable {
    /// One parameter with its name.
    package struct Entry: Sendable, Hashable {
      /// The name.
      package let name: String
      /// The value.
      package let value: Parameter
    }

    /// All parameters in the order of the file.
    package let entries: [Entry]

    package init(_ entries: [(name: String, value: Parameter)] = []) {
      self.entries = entries.map { Entry(name: $0.name, value: $0.value) }
    }

    /// The parameter of a name; nil where the rule does not give it.
    package subscript(name: String) -> Parameter? {
      entries.first { $0.name == name }?.value
    }
  }

  /// Where the rule's file is.
  package enum Origin: Sendable {
    /// Part of the program.
    case builtIn(StaticString)
    /// A file of a team's own.
    case file(Source)
  }

  /// The name.
  package let id: RuleID
  /// What must hold, in one line: "the role can list the source bucket".
  package let summary: String
  /// How much harm it does where it does not hold.
  package let severity: Severity
  /// The severity where the mistake decides no access; nil where it is the same.
  package let otherwise: Severity?
  /// What goes wrong.
  package let category: Category
  /// What decides it.
  package let check: CheckName
  /// What the check is told.
  package let parameters: Parameters
  /// What gives the facts the check looks at: options, and AWS CLI commands whose answer does.
  package let needs: [String]
  /// Where the rule's file is.
  package let origin: Origin

  package init(
    id: RuleID, summary: String, severity: Severity, otherwise: Severity? = nil,
    category: Category, check: CheckName, parameters: Parameters = Parameters(),
    needs: [String] = [], origin: Origin
  ) {
    self.id = id
    self.summary = summary
    self.severity = severity
    self.otherwise = otherwise
    self.category = category
    self.check = check
    self.parameters = parameters
    self.needs = needs
    self.origin = origin
  }

  /// Reads a generated row; nil where it holds a word that the program does not know, which the
  /// tests of the generated files rule out.
  init?(_ row: RuleRow) {
    guard let severity = Severity(name: row.severity),
      let category = Category(rawValue: row.category),
      let check = CheckName(rawValue: row.check)
    else { return nil }
    self.init(
      id: RuleID(row.id), summary: row.summary, severity: severity,
      otherwise: row.otherwise.flatMap(Severity.init(name:)), category: category, check: check,
      parameters: Parameters(
        row.parameters.map { parameter in
          let values = parameter.values
          return (parameter.name, parameter.isList ? .list(values) : .text(values.joined()))
        }),
      needs: row.needs, origin: .builtIn(RuleTexts.text(of: row.id)))
  }
}
