package import Authorization
import PolicyModel

/// A denied request as a document that `lint-copy simulate` answers with that denial.
///
/// Where AWS's own simulator can judge the request, the document has AWS's members alone, and can be
/// given to `aws iam simulate-custom-policy --cli-input-json` as it is.
package struct Witness: Sendable {
  /// The document's text.
  package let document: [UInt8]
  /// Whether AWS's simulator can check it, too.
  ///
  /// It knows neither resource control policies nor session policies, ignores the resource policy of
  /// `sts:Assume…`, and takes no `CallerArn` but a user's (IAM API Reference,
  /// "SimulateCustomPolicy"; IAM User Guide, "How the IAM policy simulator works").
  package let isForAWS: Bool

  /// Makes the document of a request that is denied, whatever the unknowns are.
  ///
  /// Nil where the request cannot be written down: the decision is open, or names are references of a
  /// template.
  ///
  /// - Parameters:
  ///   - question: The policies that deny the request.
  ///   - explanation: The denial.
  ///   - resourceAccount: The account that owns the resource, where it is known; without, another
  ///     than the caller's where the question says that they differ.
  package init?(
    of question: AccessQuestion, _ explanation: Explanation, resourceAccount: String? = nil
  ) {
    guard explanation.isRefutation else { return nil }
    guard
      let layers = WitnessLayers(question, explanation),
      let request = WitnessRequest(
        explanation.request, question, isCallerNeeded: layers.isCallerNeeded,
        resourceAccount: resourceAccount)
    else { return nil }
    var writer = JSONWriter(isIndented: true)
    writer.beginObject()
    layers.write(to: &writer)
    request.write(to: &writer)
    writer.endObject()
    writer.lineBreak()
    document = writer.bytes
    isForAWS =
      layers.hasOnlyAWSMembers
      && (!layers.isCallerNeeded || request.callerIsUser)
      && !explanation.request.action.lowercased().hasPrefix("sts:assume")
  }
}
