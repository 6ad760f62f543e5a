import Checks
import PolicyModel

/// The report for a person: findings in frames, then what each copy needs and what is known of it,
/// and last what matters most at a glance, the verdict.
struct TextReport {
  /// The width where the output is no terminal.
  static let usualWidth = 100
  private static let smallestWidth = 40

  private let report: Report
  private let options: RenderingOptions
  private let lines: SourceLines
  private let width: Int

  init(_ report: Report, _ options: RenderingOptions) {
    self.report = report
    self.options = options
    lines = SourceLines(report)
    width = max(Self.smallestWidth, options.width ?? Self.usualWidth)
  }

  /// The whole text.
  func render() -> String {
    var output = ""
    func write(_ lines: [StyledLine]) {
      for line in lines { line.write(to: &output, usesColor: options.usesColor) }
    }
    for finding in report.findings where options.isVerbose || finding.suppression == nil {
      write(
        FindingText(
          finding, lines, options, width: width, namesCopy: report.copies.count > 1
        ).render())
      write([StyledLine()])
    }
    guard !options.isQuiet else {
      // Findings are set apart by empty lines; the last one needs none.
      if output.hasSuffix("\n\n") { output.removeLast() }
      return output
    }
    for copy in report.copies {
      write(CopyText(copy, lines, options, width: width).render())
      write([StyledLine()])
    }
    write([StyledLine(Sentences.summary(of: report))])
    if let last = Sentences.unprovenSuccess(report, options) {
      write(
        wrapped(VisibleText.escaped(last), to: width).map { StyledLine($0, .warning) })
    }
    return output
  }
}
