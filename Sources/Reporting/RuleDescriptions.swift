package import Checks
package import PolicyModel

/// What reports say of a rule itself.
package struct RuleDescription: Sendable, Hashable {
  /// The rule's id.
  package var id: RuleID
  /// What must hold, in one line: "the role can list the source bucket".
  package var summary: String
  /// The severity after configuration.
  package var severity: Severity
  /// The rule's page in Markdown; the first line stands alone.
  package var explanation: String
  /// Where the page is published; nil where it is not.
  package var url: String?
  /// What goes wrong where the rule does not hold.
  package var category: Rule.Category

  package init(
    id: RuleID, summary: String, severity: Severity, explanation: String, url: String? = nil,
    category: Rule.Category = .custom
  ) {
    self.category = category
    self.id = id
    self.summary = summary
    self.severity = severity
    self.explanation = explanation
    self.url = url
  }
}

/// The active rules, read only when a report asks for one.
package struct RuleDescriptions: Sendable {
  /// The ids of all active rules.
  package let ids: [RuleID]
  private let find: @Sendable (RuleID) -> RuleDescription?
  private let findURL: @Sendable (RuleID) -> String?

  /// Asks `find` for what it needs, and `url` where the address is enough.
  package init(
    ids: [RuleID], url: @escaping @Sendable (RuleID) -> String?,
    find: @escaping @Sendable (RuleID) -> RuleDescription?
  ) {
    self.ids = ids.sorted()
    findURL = url
    self.find = find
  }

  /// Holds descriptions that are at hand.
  package init(_ descriptions: [RuleDescription]) {
    var byID: [RuleID: RuleDescription] = [:]
    for description in descriptions { byID[description.id] = description }
    let found = byID
    self.init(ids: Array(found.keys), url: { found[$0]?.url }, find: { found[$0] })
  }

  /// No rules.
  package static let empty = RuleDescriptions([])

  /// What is known of a rule.
  package subscript(id: RuleID) -> RuleDescription? { find(id) }

  /// Where a rule's page is published; nil for an address that is no plain `https://` one, as a
  /// team's own rules may say anything and every format makes a link of it.
  package func url(of id: RuleID) -> String? {
    guard let url = findURL(id), url.hasPrefix("https://"),
      url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !#""'()<>\^`{|}"#.utf8.contains($0) })
    else { return nil }
    return url
  }
}
