import Evidence
import PolicyModel

/// Whether the event data store holds CloudTrail events, told by the categories of its selectors.
package struct StoreCategoryCheck: Check {
  package static let name = CheckName.storeCategory

  /// AWS CloudTrail User Guide, "Event data stores": the categories whose events are CloudTrail's.
  private static let categories = ["Management", "Data", "NetworkActivity"]

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    let facts = copy.plan.facts
    let subject = facts.storeName
    guard let found = facts.storeCategories.value, !found.isEmpty else {
      return [
        .notChecked(
          subject,
          facts.storeCategories.value == nil
            ? "what the event data store collects is not known"
            : "the selectors of the event data store name no category", needs: rule.needs)
      ]
    }
    let others = found.filter { !categories.contains($0) }
    guard let first = others.first else {
      return [.proven(subject, "it holds \(Self.list(found)) events")]
    }
    var draft = Outcome.Draft(
      "trail events cannot be copied into an event data store for `\(first)` events",
      at: place(of: first, copy), label: "none of \(Self.list(categories))",
      help: suggestion(for: first, among: categories).map {
        "did you mean `\($0)`? (categories are case-sensitive)"
      } ?? "create an event data store for CloudTrail events, and copy into that")
    draft.related = others.dropFirst().map {
      Note("`\($0)` is none of them either", at: place(of: $0, copy))
    }
    return [.violated(subject, "it holds \(Self.list(others)) events", draft)]
  }

  private static func place(of category: String, _ copy: CompiledCopy) -> Place? {
    copy.plan.storeCategoryPlaces[category] ?? copy.plan.facts.storeCategories.place
  }

  private static func list(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }
}
