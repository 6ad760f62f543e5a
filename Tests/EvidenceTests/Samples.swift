import Foundation
import PolicyModel

@testable import Evidence

/// The documents that lie beside the project, where they do: one of each shape, one scenario.
enum Samples {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "../shared/samples").standardized

  static var arePresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// Names of all samples that are JSON answers of the AWS CLI, sorted.
  static var names: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted()
  }

  static func source(_ name: String) throws -> Source {
    let bytes = try Data(contentsOf: folder.appending(path: name))
    return try Source.decoding(Array(bytes), path: name)
  }

  static func plan(
    _ names: [String], _ change: (inout CopyInput) throws -> Void = { _ in }
  ) throws -> CopyPlan {
    var input = CopyInput(name: "samples", asOf: Timestamp(seconds: 1_795_000_000))
    input.documents = try names.map { Document(try source($0), as: .anything) }
    try change(&input)
    return CopyPlan(assembling: input)
  }
}
