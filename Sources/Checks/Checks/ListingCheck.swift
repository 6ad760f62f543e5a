import Evidence
import PolicyModel

/// Whether the log files below the source prefix can be read, as a listing or an inventory shows them.
package struct ListingCheck: Check {
  package static let name = CheckName.listing

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    let check = ListingCheck(plan: copy.plan)
    return switch rule.parameters["question"]?.text {
    case "storage-class": [check.tempered(check.archives)]
    case "gzip": [check.tempered(check.compression)]
    case "foreign": [check.tempered(check.foreignFiles)]
    default: []
    }
  }

  /// What holds of a source that policies only suggest: the copy may be of less.
  private func tempered(_ outcome: Outcome) -> Outcome {
    guard plan.facts.prefix.status == .inferred, outcome.status == .violated else { return outcome }
    var outcome = outcome
    outcome.status = .open
    outcome.reason += ", if that is the source"
    outcome.needs = ["--source"]
    outcome.causes = []
    return outcome
  }

  /// Whether it is known which objects of a listing are to be copied.
  private var isSourceKnown: Bool { plan.facts.prefix.value?.holdsReference == false }

  private let plan: CopyPlan

  private var subject: String { plan.facts.sourceName }

  /// What would show the objects.
  private static let listings = ["aws s3api list-objects-v2"]

  /// Why the listing proves nothing about all log files; nil where it does.
  private var unlisted: Outcome? {
    guard let listing = plan.listing else {
      return noListing
    }
    if plan.facts.prefix.value == nil {
      return .notChecked(subject, "the source prefix is not known", needs: ["--source"])
    }
    guard isSourceKnown else {
      return .notChecked(
        subject, "the template leaves the source open",
        needs: ["--account", "--region", "--parameter"])
    }
    if let gap = listing.gap { return .notChecked(subject, gap, needs: Self.listings) }
    if listing.logFiles == 0 {
      return .notChecked(
        subject, "the listing shows no log file of the copy", needs: Self.listings)
    }
    return nil
  }

  private var noListing: Outcome {
    .notChecked(subject, "no listing shows the log files", needs: Self.listings)
  }

  private func proven(_ reason: String, _ assumptions: [String]) -> Outcome {
    var outcome = Outcome.proven(subject, reason)
    outcome.assumptions = assumptions.filter { !$0.isEmpty }
    return outcome
  }

  /// A violation by the first objects of a group, of which there are more.
  private func violated(
    _ group: ListingSummary.Group, _ reason: String, _ message: String, label: String?, help: String
  ) -> Outcome {
    let first = group.examples.first
    var draft = Outcome.Draft(message, at: first?.place, label: label, help: help)
    draft.related = group.examples.dropFirst().map {
      Note($0.detail.isEmpty ? "`\($0.key)` too" : "`\($0.key)`: \($0.detail)", at: $0.place)
    }
    let others = group.count - group.examples.count
    if others > 0 { draft.related.append(Note("and \(counted(others, "object")) more")) }
    return .violated(subject, reason, draft)
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }

  // MARK: Archives

  /// AWS CloudTrail User Guide, "Considerations for copying trail events": CloudTrail reads with
  /// GetObject, which needs a restored copy of what lies in an archive.
  private var archives: Outcome {
    if let archived { return archived }
    guard let listing = plan.listing else { return byLifecycle ?? noListing }
    if let unlisted { return unlisted }
    if listing.unknownTier.count > 0 {
      return .notChecked(
        subject,
        "\(counted(listing.unknownTier.count, "log file")) in `INTELLIGENT_TIERING`: only an inventory with `IntelligentTieringAccessTier` says in which tier",
        needs: ["S3 Inventory"])
    }
    if listing.unknownClass > 0 {
      return .notChecked(
        subject, "\(listing.origin) does not show storage classes",
        needs: Self.listings)
    }
    var assumptions = [listing.assumption]
    if let expiry = listing.restoredUntil {
      assumptions.append("the copy ends before the restored copies expire at \(expiry.iso8601)")
    }
    return proven(
      "\(counted(listing.logFiles, "log file")), none in an archive"
        + (listing.restored > 0 ? " but \(listing.restored) restored" : ""), assumptions)
  }

  private var archived: Outcome? {
    guard let listing = plan.listing, isSourceKnown else { return nil }
    let groups = ListingSummary.Archive.allCases.compactMap { archive in
      listing.archived[archive].flatMap { $0.count > 0 ? (archive, $0) : nil }
    }
    guard let first = groups.first?.1 else { return nil }
    var all = first
    all.count = groups.reduce(0) { $0 + $1.1.count }
    all.examples = groups.flatMap(\.1.examples)
    let names = groups.map { "`\($0.0.rawValue)`" }.joined(separator: ", ")
    let verb = all.count == 1 ? "lies" : "lie"
    return violated(
      all, "\(counted(all.count, "log file")) \(verb) in \(names)",
      "\(all.count) of \(counted(listing.logFiles, "log file")) \(verb) in an archive, where CloudTrail cannot read \(all.count == 1 ? "it" : "them")",
      label: all.examples.first.map { "in `\($0.detail)`, and not restored" },
      help:
        "restore them first with `aws s3api restore-object`, or leave their days out of the copy")
  }

  /// What the bucket's lifecycle says where nobody listed the objects: a doubt, no more.
  private var byLifecycle: Outcome? {
    guard let rules = plan.lifecycle, let start = plan.facts.startTime.value else { return nil }
    for rule in rules where rule.concerns(prefix: plan.facts.prefix.value ?? "") {
      for transition in rule.transitions
      where ["GLACIER", "DEEP_ARCHIVE"].contains(transition.storageClass)
        && transition.moment.isOver(since: start, asOf: plan.asOf)
      {
        var outcome = Outcome.open(
          subject,
          "a lifecycle rule moves objects to `\(transition.storageClass)` \(transition.moment.description)",
          Outcome.Draft(
            "whether the oldest log files lie in an archive is open: a lifecycle rule moves them there \(transition.moment.description)",
            at: transition.place, label: "CloudTrail reads nothing from this class",
            related: [Note("the copy begins at \(start.iso8601)", at: plan.facts.startTime.place)],
            help: "give a listing of the source, and restore what is archived before the copy"))
        outcome.needs = Self.listings
        return outcome
      }
    }
    return nil
  }

  // MARK: Compression

  private var compression: Outcome {
    if let listing = plan.listing, isSourceKnown, listing.uncompressed.count > 0 {
      let count = listing.uncompressed.count
      return violated(
        listing.uncompressed, "\(counted(count, "log file")) not compressed with gzip",
        "\(counted(count, "log file")) \(count == 1 ? "is" : "are") not compressed with gzip, so CloudTrail does not copy \(count == 1 ? "it" : "them")",
        label: "does not end in `.gz`",
        help: "compress with gzip and upload again as `….json.gz`, or move out of the source prefix"
      )
    }
    if let unlisted { return unlisted }
    return proven(
      "\(counted(plan.listing?.logFiles ?? 0, "log file")), all named `….gz`",
      ["files whose names end in `.gz` are compressed with gzip", plan.listing?.assumption ?? ""])
  }

  // MARK: Other files

  private var foreignFiles: Outcome {
    guard let listing = plan.listing, isSourceKnown, listing.foreign.count > 0 else {
      if let listing = plan.listing, isSourceKnown, listing.gap == nil {
        return proven("no other file lies below the prefix", [listing.assumption])
      }
      return unlisted ?? noListing
    }
    let kinds = listing.foreignByKind.sorted {
      ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue)
    }
    let words = kinds.map { kind, count in "\(count) × \(kind.rawValue)" }.joined(separator: ", ")
    var outcome = violated(
      listing.foreign, words,
      listing.foreign.count == 1
        ? "1 file below the source prefix is no log file of CloudTrail, and a failure of the import"
        : "\(counted(listing.foreign.count, "file")) below the source prefix are no log files of CloudTrail, and each is a failure of the import",
      label: listing.foreign.examples.first?.detail,
      help: "end the source at `CloudTrail/`, or move what is not CloudTrail's")
    // Where the prefix takes in the folders of others, the prefix is the mistake.
    if let prefix = SourcePrefix(plan), let mistake = prefix.misplaced ?? prefix.emptied {
      outcome.causes = [.init("copy-prefix", mistake)]
    } else if let prefix = SourcePrefix(plan), let mistake = prefix.tooWide,
      listing.foreignByKind.keys.allSatisfy(prefix.explains)
    {
      outcome.causes = [.init("copy-prefix", mistake)]
    }
    return outcome
  }
}

extension CopyFacts {
  /// The source as people write it.
  var sourceName: String {
    guard let bucket = bucket.value else { return "the source" }
    return "s3://\(bucket)/\(prefix.value ?? "")".withReadableReferences
  }
}
