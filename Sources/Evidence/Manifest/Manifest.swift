package import PolicyModel

/// What `lint-copy.yaml` says: the copies of a repository, and how findings count.
///
/// Reading it touches no other file: paths stay patterns, which the command line resolves beside
/// the manifest. A manifest with problems is wrong configuration, exit code 2.
package struct Manifest: Sendable {
  /// What is wrong with a manifest, and where.
  package struct Problem: Sendable, Hashable {
    /// What is wrong, in a finding's words.
    package var message: String
    /// Where.
    package var place: Place
    /// What to do.
    package var help: String?
  }

  /// A path, or a glob for several, relative to the manifest's folder.
  package struct Pattern: Sendable, Hashable {
    /// The text as written.
    package var text: String
    /// Where it stands.
    package var place: Place
  }

  /// Documents that a copy names.
  package struct Reference: Sendable, Hashable {
    /// What they are given as.
    package var use: Document.Use
    /// Which they are.
    package var pattern: Pattern
  }

  /// One copy.
  package struct Copy: Sendable {
    /// Its name, which no other copy of the manifest has.
    package var name: String
    /// Where it stands.
    package var place: Place
    /// Its documents in the order they are written.
    package var references: [Reference] = []
    /// What it says there is none of.
    package var absences: [Absence] = []
    /// What it states.
    package var facts: [StatedFact] = []
    /// Template parameters by name.
    package var parameters: [String: String] = [:]
    /// The moment it is judged at, where it says.
    package var asOf: Timestamp?

    /// The copy with its documents read, ready to be assembled.
    ///
    /// - Parameters:
    ///   - documents: what the references name, in their order.
    ///   - now: the moment to judge at, where the copy says none.
    /// - Returns: what ``CopyPlan/init(assembling:)`` takes.
    package func input(documents: [Document], asOf now: Timestamp) -> CopyInput {
      var input = CopyInput(name: name, asOf: asOf ?? now)
      input.documents = documents
      input.absences = absences
      input.facts = facts
      input.parameters = parameters
      return input
    }
  }

  /// Findings that do not count, and why.
  package struct Ignore: Sendable, Hashable {
    /// Which rule's.
    package var rule: RuleID
    /// In which files; nil for all.
    package var path: Pattern?
    /// In which statement; nil for all.
    package var sid: String?
    /// Why they do not count.
    package var reason: String
    /// The last day, in UTC, on which they do not count; nil where they never do.
    package var expires: CivilDate?
    /// Where the entry names the rule.
    package var place: Place
  }

  /// A severity that a rule has in this repository.
  package struct SeverityChange: Sendable, Hashable {
    package var rule: RuleID
    package var severity: Severity
    /// Where it stands.
    package var place: Place
  }

  /// The file.
  package let source: Source
  /// The copies in the order they are written.
  package var copies: [Copy] = []
  /// The findings that do not count.
  package var ignores: [Ignore] = []
  /// The severities that differ from the rules' own.
  package var severities: [SeverityChange] = []
  /// Folders or files with further rules.
  package var rules: [Pattern] = []
  /// The least severity that fails a run; nil where it does not say.
  package var failOn: Severity?
  /// Whether an unproven copy fails a run; nil where it does not say.
  package var isStrict: Bool?

  private init(source: Source) { self.source = source }

  /// Reads a manifest and says all that is wrong with it.
  package static func reading(_ source: Source) -> (manifest: Manifest, problems: [Problem]) {
    var reader = ManifestReader(Manifest(source: source))
    do throws(SyntaxFailure) {
      reader.read(try Tree.parse(source, format: .yaml).root)
    } catch {
      reader.problems.append(
        Problem(message: error.message, place: error.place, help: error.help))
    }
    return (reader.manifest, reader.problems)
  }
}
