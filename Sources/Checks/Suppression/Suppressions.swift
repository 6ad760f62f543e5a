package import Evidence
package import PolicyModel

/// What a run was told about findings that do not count, beside comments in the documents.
package struct Suppressions: Sendable {
  /// The entries of `ignore` in `lint-copy.yaml`.
  package var ignores: [Manifest.Ignore]
  /// How a path looks from the manifest's folder, which paths of entries are relative to.
  package var ignorePath: @Sendable (String) -> String
  /// The manifest, which may hold comments of its own.
  package var manifest: Source?
  /// The findings of an earlier run; nil without one.
  package var baseline: Baseline?
  /// How a path looks from a place that is the same in every run.
  package var baselinePath: @Sendable (String) -> String
  /// Whether all that is found is taken into a new baseline.
  package var makesBaseline: Bool
  /// Whether every copy of the manifest is judged, so that an entry that suppresses nothing is of
  /// no use; else only entries about documents of the run can be told to be.
  package var isWhole: Bool
  /// Whether the run can tell of any suppression that it is of no use.
  package var tellsUnused = true

  package init(
    ignores: [Manifest.Ignore] = [],
    ignorePath: @escaping @Sendable (String) -> String = { $0 }, manifest: Source? = nil,
    baseline: Baseline? = nil, baselinePath: @escaping @Sendable (String) -> String = { $0 },
    makesBaseline: Bool = false, isWhole: Bool = true
  ) {
    self.ignores = ignores
    self.ignorePath = ignorePath
    self.manifest = manifest
    self.baseline = baseline
    self.baselinePath = baselinePath
    self.makesBaseline = makesBaseline
    self.isWhole = isWhole
  }
}
