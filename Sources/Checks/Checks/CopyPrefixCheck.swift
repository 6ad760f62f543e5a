import Evidence
import PolicyModel

/// Whether the source prefix is where the trail's log files are, and holds nothing else.
package struct CopyPrefixCheck: Check {
  package static let name = CheckName.copyPrefix

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    let plan = copy.plan
    let subject = plan.facts.sourceName
    guard let source = SourcePrefix(plan) else {
      return [.notChecked(subject, "the source prefix is not known", needs: ["--source"])]
    }
    let mistakes = [source.misplaced, source.respelled, source.emptied, source.tooWide].compactMap(
      \.self)
    if let mistake = mistakes.first {
      // What a policy suggests may not be what is copied.
      if plan.facts.prefix.status == .inferred {
        return [.notChecked(subject, "the source is only inferred", needs: ["--source"])]
      }
      return [.violated(subject, reason(source), mistake)]
    }
    if let listing = plan.listing, listing.logFiles > 0 {
      return [.proven(subject, "log files lie below it")]
    }
    if source.isTrails { return [.proven(subject, "the trail delivers below it")] }
    return [
      .notChecked(
        subject, "nothing shows where the trail delivers",
        needs: ["aws cloudtrail describe-trails", "aws s3api list-objects-v2"])
    ]
  }

  private static func reason(_ source: SourcePrefix) -> String {
    if source.misplaced != nil { return "the trail delivers elsewhere" }
    if source.respelled != nil { return "its capitals are not those of the folders" }
    if source.emptied != nil { return "no log file lies below it" }
    return "it takes in more than log files"
  }
}

/// The source prefix, and what is wrong with it.
struct SourcePrefix {
  private let plan: CopyPlan
  private let prefix: String
  /// The parts between slashes; the last is empty after a last slash.
  private let parts: [Substring]
  /// The position of `AWSLogs` among them; nil where the prefix does not reach it.
  private let root: Int?

  init?(_ plan: CopyPlan) {
    guard let prefix = plan.facts.prefix.value else { return nil }
    self.plan = plan
    self.prefix = prefix
    parts = prefix.split(separator: "/", omittingEmptySubsequences: false)
    root = parts.dropLast().lastIndex(of: "AWSLogs") ?? (prefix == "AWSLogs" ? 0 : nil)
  }

  private var place: Place? { plan.facts.prefix.place }
  private var bucket: String { plan.facts.bucket.value?.withReadableReferences ?? "bucket" }

  private func location(_ prefix: String) -> String {
    "s3://\(bucket)/\(prefix)".withReadableReferences
  }

  // MARK: Parts

  /// The organization in the prefix; nil where it names none.
  private var organization: Substring? {
    guard let root, root + 1 < parts.count, parts[root + 1].hasPrefix("o-") else { return nil }
    return parts[root + 1]
  }

  /// The folders after `AWSLogs/` and the organization.
  private var folders: ArraySlice<Substring> {
    guard let root else { return [] }
    let folders = parts[(root + 1)...]
    return organization == nil ? folders : folders.dropFirst()
  }

  /// Whether the prefix ends before the folder of a service, so that all of them are below.
  private var endsBeforeService: Bool {
    guard root != nil, organization == nil else { return false }
    // The account, and nothing or a slash after it.
    return folders.count <= 1 || folders.count == 2 && folders.last?.isEmpty == true
  }

  private var lacksSlash: Bool {
    folders.count == 2 && folders.last == "CloudTrail"
  }

  // MARK: Too wide

  /// The mistake of taking in what is not CloudTrail's; nil where a listing shows that there is
  /// nothing else.
  var tooWide: Outcome.Draft? {
    if let listing = plan.listing, listing.isComplete, listing.foreign.count == 0 { return nil }
    if lacksSlash {
      return Outcome.Draft(
        "`\(location(prefix))` is where `CloudTrail-Digest/` and `CloudTrail-Insight/` begin too",
        at: place, label: "the last slash is missing", help: "write `\(location(prefix + "/"))`")
    }
    guard endsBeforeService else { return nil }
    let account = folders.first.map(String.init) ?? ""
    let folder = account.isEmpty ? "ACCOUNT" : account
    let head = (root.map { parts[...$0].joined(separator: "/") } ?? "") + "/\(folder)/CloudTrail/"
    return Outcome.Draft(
      "`\(location(prefix))` takes in what other services deliver, and CloudTrail's digest files",
      at: place, label: "ends before `CloudTrail/`",
      help: account.isEmpty
        ? "copy account by account, from `\(location(head))`" : "write `\(location(head))`")
  }

  /// Whether such files are there because the prefix takes them in.
  func explains(_ kind: ForeignKind) -> Bool {
    switch kind {
    case .digest, .insights, .queryResult: lacksSlash || endsBeforeService
    case .service: endsBeforeService
    case .other: false
    }
  }

  // MARK: Misplaced

  /// The trails that deliver into the bucket.
  private var trails: [Trail] {
    plan.trails.filter { trail in
      guard let bucket = trail.bucket.value else { return false }
      return bucket == plan.facts.bucket.value
    }
  }

  /// Whether a trail's log files lie below the prefix.
  var isTrails: Bool { trails.contains { problem(with: $0) == nil } }

  /// Why none of the bucket's trails delivers below the prefix; nil where one does, and where log
  /// files lie there nevertheless.
  var misplaced: Outcome.Draft? {
    guard !isTrails, plan.listing.map({ $0.logFiles == 0 }) ?? true, !prefix.holdsReference else {
      return nil
    }
    return trails.lazy.compactMap(problem).first
  }

  private func problem(with trail: Trail) -> Outcome.Draft? {
    let own = trail.prefix.map { $0 + "/" } ?? ""
    guard !own.holdsReference else { return nil }
    let related = trail.bucket.place.map { [Note("trail `\(trail.name)`", at: $0)] } ?? []
    guard prefix.hasPrefix(own + "AWSLogs") || prefix.isEmpty && own.isEmpty else {
      // A prefix above the trail's own takes it in.
      if !prefix.isEmpty, (own + "AWSLogs/").hasPrefix(prefix) { return nil }
      let rest = root.map { parts[$0...].joined(separator: "/") } ?? "AWSLogs/"
      return Outcome.Draft(
        "trail `\(trail.name)` delivers below `\(own)AWSLogs/`, not below `\(prefix)`", at: place,
        label: own.isEmpty ? "the trail has no prefix" : "the trail's prefix is `\(own)`",
        related: related, help: "write `\(location(own + rest))`")
    }
    return organizationProblem(with: trail, own, related)
  }

  private func organizationProblem(with trail: Trail, _ own: String, _ related: [Note])
    -> Outcome.Draft?
  {
    guard root != nil, folders.first.map({ !$0.isEmpty }) ?? (organization != nil) else {
      return nil
    }
    let known = plan.facts.organizationID.value
    if trail.isOrganizationTrail == true {
      guard let organization else {
        let id = known ?? "o-…"
        return Outcome.Draft(
          "the trail of an organization delivers below `\(own)AWSLogs/\(id)/`, not below `\(prefix)`",
          at: place, label: "the organization's id is missing", related: related,
          help: "write `\(location("\(own)AWSLogs/\(id)/\(folders.joined(separator: "/"))"))`")
      }
      guard let known, known != organization, !known.holdsReference else { return nil }
      return Outcome.Draft(
        "`\(organization)` is another organization", at: place,
        label: "the trail's is `\(known)`", related: related, help: "write `\(known)`")
    }
    guard trail.isOrganizationTrail == false, let organization else { return nil }
    return Outcome.Draft(
      "trail `\(trail.name)` is no organization's: it delivers below `\(own)AWSLogs/ACCOUNT/`",
      at: place, label: "`\(organization)` stands where the account belongs", related: related,
      help: "write `\(location("\(own)AWSLogs/\(folders.joined(separator: "/"))"))`")
  }

  // MARK: Capitals

  /// That the folders that CloudTrail makes stand there in other capitals; nil where log files lie
  /// there nevertheless.
  ///
  /// AWS CloudTrail User Guide, "Finding your CloudTrail log files": `AWSLogs/ACCOUNT/CloudTrail/`.
  var respelled: Outcome.Draft? {
    guard !prefix.holdsReference, plan.listing.map({ $0.logFiles == 0 }) ?? true,
      let first = root ?? parts.lastIndex(where: { $0.lowercased() == "awslogs" }),
      first + 1 < parts.count
    else { return nil }
    var mended = parts
    // A trail's own prefix may be called so.
    if !isTrails { mended[first] = "AWSLogs" }
    var account = first + 1
    if parts[account].lowercased().hasPrefix("o-") { account += 1 }
    if account + 1 < parts.count, parts[account + 1].lowercased() == "cloudtrail" {
      mended[account + 1] = "CloudTrail"
    }
    guard mended != parts else { return nil }
    return Outcome.Draft(
      "CloudTrail delivers below `\(mended.joined(separator: "/"))`, and S3 tells capitals apart",
      at: place, label: "in other capitals",
      help: "write `\(location(mended.joined(separator: "/")))`")
  }

  // MARK: Nothing there

  /// That a listing of all objects shows no log file below the prefix.
  var emptied: Outcome.Draft? {
    guard let listing = plan.listing, listing.logFiles == 0, listing.uncompressed.count == 0 else {
      return nil
    }
    if listing.elsewhere.count > 0 {
      let folder = listing.elsewhereFolders.first?.prefix
      return Outcome.Draft(
        "no log file lies below `\(location(prefix))`", at: place,
        related: listing.elsewhere.examples.map { Note("a log file lies elsewhere", at: $0.place) },
        help: folder.map { "write `\(location($0))`, where they lie" }
          ?? "name the folder in which the log files lie")
    }
    guard listing.isComplete else { return nil }
    return Outcome.Draft(
      "no log file of the time range lies below `\(location(prefix))`", at: place,
      help:
        "compare the prefix with `aws cloudtrail describe-trails`, and the time range with the log files"
    )
  }
}
