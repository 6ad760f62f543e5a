package import PolicyModel

/// Everything somebody gave to have one copy judged: already read, nothing interpreted yet.
///
/// The command line makes one of its options, a manifest one for each of its copies:
///
///     var input = CopyInput(name: "command line", asOf: now)
///     input.documents.append(Document(source, as: .role))
///     input.facts.append(try StatedFact(.roleARN, text, origin: "`--role-arn`"))
///     input.absences.append(Absence(of: .bucket, origin: "`--bucket none`"))
///     let plan = CopyPlan(assembling: input)
///
/// Nothing here reads a file, a clock or the environment.
package struct CopyInput: Sendable {
  /// The copy's name: of `lint-copy.yaml`, or `command line`.
  package var name: String
  /// The moment the copy is judged at.
  package var asOf: Timestamp
  /// The documents in the order they were given.
  package var documents: [Document] = []
  /// What options or settings state; they win over what documents say.
  package var facts: [StatedFact] = []
  /// The layers that somebody said there is none of.
  package var absences: [Absence] = []
  /// Template parameters by name: `--parameter NAME=VALUE`.
  package var parameters: [String: String] = [:]
  /// What was read of the listings that are not kept.
  package var readings: [ListingReading] = []

  /// Whether a listing is not kept, so that it has to be read before the copy is judged.
  package var hasStream: Bool {
    documents.contains { if case .stream = $0.content { true } else { false } }
  }

  package init(name: String, asOf: Timestamp) {
    self.name = name
    self.asOf = asOf
  }
}

/// Somebody said that there is no such document: `--bucket none`.
package struct Absence: Sendable {
  /// What there is none of; a key's or a level's name does not matter here.
  package var use: Document.Use
  /// Who says so, in words: "`--bucket none`".
  package var origin: String
  /// Where, for a setting of `lint-copy.yaml`.
  package var place: Place?

  package init(of use: Document.Use, origin: String, at place: Place? = nil) {
    self.use = use
    self.origin = origin
    self.place = place
  }
}
