/// What every run needs of one built-in rule; its page is in ``RuleTexts``.
///
/// The rows are generated from the files in `Rules/`, so that a run parses none of them.
package struct RuleRow: Sendable {
  /// One parameter of the rule's check.
  package struct Parameter: Sendable {
    /// The parameter's name.
    package let name: String
    /// Its text, or the texts of a list.
    package let values: [String]
    /// Whether the file gives a list.
    package let isList: Bool

    package init(_ name: String, _ value: String) {
      self.name = name
      values = [value]
      isList = false
    }

    package init(_ name: String, _ values: [String]) {
      self.name = name
      self.values = values
      isList = true
    }
  }

  /// The rule's name.
  package let id: String
  /// What must hold, in one line.
  package let summary: String
  /// The word for the severity.
  package let severity: String
  /// The word for the severity where the mistake decides no access; nil where it is the same.
  package let otherwise: String?
  /// The word for the category.
  package let category: String
  /// The name of the check.
  package let check: String
  /// What the check is told, in the order of the file.
  package let parameters: [Parameter]
  /// What gives the facts the check looks at: options, and AWS CLI commands whose answer does.
  package let needs: [String]

  package init(
    id: String, summary: String, severity: String, otherwise: String? = nil, category: String,
    check: String, parameters: [Parameter] = [], needs: [String] = []
  ) {
    self.id = id
    self.summary = summary
    self.severity = severity
    self.otherwise = otherwise
    self.category = category
    self.check = check
    self.parameters = parameters
    self.needs = needs
  }
}
