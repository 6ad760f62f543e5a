import PolicyModel

/// Where a template is deployed, as far as somebody said.
struct Deployment: Sendable {
  /// The account: `--account`.
  var account: Said<String>?
  /// The Region: `--region`.
  var region: Said<String>?
  /// The values of parameters: of `--parameter`, else of parameter files.
  var parameters: [String: String] = [:]
  /// Where parameter files disagree.
  var findings: [Finding] = []

  /// The partition that a Region is in.
  ///
  /// AWS General Reference, "Amazon Resource Names (ARNs)": `aws-cn` in China, `aws-us-gov` in
  /// AWS GovCloud (US), else `aws`.
  static func partition(ofRegion region: String) -> String {
    if region.hasPrefix("cn-") { return "aws-cn" }
    return region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
  }
}
