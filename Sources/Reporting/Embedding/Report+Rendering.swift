public import Checks

extension Report {
  /// The report in a format, as `lint-copy --output-format` writes it: without colours, and for no
  /// terminal.
  public func rendered(as format: OutputFormat) -> String {
    var options = RenderingOptions()
    options.rules = JudgeSettings(version: version).ruleDescriptions(
      for: self, as: [format])
    return render(self, as: format, options: options)
  }
}
