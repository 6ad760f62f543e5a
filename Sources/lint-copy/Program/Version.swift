extension Program {
  /// The version, as `--version` and every report say it.
  static let version = "0.1.0"
}
