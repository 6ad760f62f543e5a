import PolicyModel

extension Shape {
  /// The imports of an account in a Region.
  static let listImports = Shape.answer(
    "cloudtrail list-imports",
    matches: { root in
      root.hasArray("Imports") && root.list("Imports").allSatisfy { $0.has("ImportId") }
    },
    read: { root, reader in
      let ongoing = root.list("Imports").first { element in
        ["INITIALIZING", "IN_PROGRESS"].contains(element["ImportStatus"]?.string)
      }
      // A page that shows none does not say that there is none.
      guard ongoing != nil || !reader.isTruncated(root) else {
        reader.dossier.truncatedImports.append(Said(true, by: reader.origin, at: root.place))
        return
      }
      reader.dossier.facts.hasOngoingImport.documents.append(
        Said(
          ongoing != nil, by: reader.origin,
          at: (ongoing?["ImportStatus"] ?? root["Imports"] ?? root).place))
    })

  /// What an import could not copy.
  static let listImportFailures = Shape.answer(
    "cloudtrail list-import-failures",
    matches: { root in
      root.hasArray("Failures")
        && root.list("Failures").allSatisfy { $0.has("Location") || $0.has("ErrorType") }
    },
    read: { _, _ in })
}
