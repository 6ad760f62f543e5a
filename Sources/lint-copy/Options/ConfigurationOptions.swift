import ArgumentParser

/// Where the run is configured.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The configuration (default: the nearest \(ManifestFile.name)).", valueName: "path"),
    completion: .file(extensions: ["yaml", "yml"]))
  var config: String?

  @Flag(name: .long, help: "Look for no \(ManifestFile.name).")
  var noConfig = false

  /// The manifest of the run, if it has one.
  func manifest(in surroundings: Surroundings) throws(Refusal) -> ManifestFile? {
    if let config {
      if noConfig { throw Refusal("`--config` and `--no-config` contradict each other") }
      return try ManifestFile(at: config, in: surroundings)
    }
    return noConfig ? nil : try surroundings.findManifest()
  }
}
