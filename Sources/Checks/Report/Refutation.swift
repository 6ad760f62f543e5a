package import Authorization
package import PolicyModel

/// What refutes an access requirement: the request, and the policies that decide it.
package struct Refutation: Sendable {
  /// The rule that states the requirement.
  package let rule: RuleID
  /// What it was decided for, as its row says it.
  package let subject: String
  /// The request and the policies; nil where the answer does not hang on policies that are known.
  package let evidence: Evidence?

  /// The policies, and what each statement of them says of the request.
  package struct Evidence: Sendable {
    package let question: AccessQuestion
    package let explanation: Explanation
    /// The account that owns the resource; nil where nobody knows.
    package let resourceAccount: String?

    package init(
      _ question: AccessQuestion, _ explanation: Explanation, resourceAccount: String?
    ) {
      self.question = question
      self.explanation = explanation
      self.resourceAccount = resourceAccount
    }
  }

  package init(rule: RuleID, subject: String, evidence: Evidence?) {
    self.rule = rule
    self.subject = subject
    self.evidence = evidence
  }
}
