import ArgumentParser
import Checks
import Evidence
import PolicyModel
import Reporting

/// Findings of an earlier run, which this one does not count.
struct BaselineOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Do not count the findings that this file holds.", valueName: "path"),
    completion: .file(extensions: ["json"]))
  var baseline: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Write all findings into this file, and count none.", valueName: "path"),
    completion: .file(extensions: ["json"]))
  var writeBaseline: String?

  /// What a run is told about findings that do not count.
  ///
  /// - Parameter isWhole: whether every copy of the configuration is judged.
  func suppressions(
    _ file: ManifestFile?, isWhole: Bool, in surroundings: Surroundings
  ) throws(Refusal) -> Suppressions {
    let paths = surroundings.paths
    var suppressions = Suppressions(
      baselinePath: { paths.relative($0) }, makesBaseline: writeBaseline != nil, isWhole: isWhole)
    if let file {
      let fromManifest = surroundings.paths(from: file.folder)
      suppressions.ignores = file.manifest.ignores
      suppressions.ignorePath = { fromManifest.relative($0) }
      suppressions.manifest = file.manifest.source
    }
    // What is written anew need not be read.
    if let baseline, writeBaseline == nil {
      suppressions.baseline = try Self.read(baseline, in: surroundings)
    }
    return suppressions
  }

  /// The baseline that was asked for; nil where none was.
  func file(of report: Report) -> NewFile? {
    writeBaseline.map { NewFile(path: $0, bytes: Baseline.text(of: report.newBaseline)) }
  }

  private static func read(
    _ path: String, in surroundings: Surroundings
  ) throws(Refusal) -> Baseline {
    let source = try surroundings.source(at: path)
    do throws(Baseline.Problem) {
      return try Baseline(reading: source)
    } catch {
      throw Refusal(error.message, at: error.place, help: error.help)
    }
  }
}
