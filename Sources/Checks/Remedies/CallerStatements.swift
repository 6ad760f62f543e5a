package import PolicyModel

/// The statements that whoever starts the import needs.
package enum CallerStatements {
  /// The name of a statement that allows an action.
  static func sid(for action: String) -> String {
    action == "iam:PassRole" ? "PassImportRole" : "StartImport"
  }

  /// A statement that allows an action; passing the role is allowed to CloudTrail alone.
  package static func statement(
    sid: String?, _ action: String, on resource: String
  ) -> Remedy.Value {
    var members = sid.map { [Remedy.Member("Sid", .text($0))] } ?? []
    members += [
      Remedy.Member("Effect", .text("Allow")), Remedy.Member("Action", .text(action)),
      Remedy.Member("Resource", .text(resource)),
    ]
    if action == "iam:PassRole" {
      members.append(
        Remedy.Member(
          "Condition",
          .object([
            Remedy.Member(
              "StringEquals",
              .object([Remedy.Member("iam:PassedToService", .text(ImportRequests.service))]))
          ])))
    }
    return .object(members)
  }
}
