import Checks
import Evidence
import PolicyModel
import Testing

@testable import Fixing

/// Copies whose listing is too long to keep: it is read once, before the copy is judged.
@Suite struct `Mending beside a long listing` {
  private static let stream = ListingStream(.objects, path: "listing.json")

  private func session(gzip ending: String = ".json.gz") throws -> FixSession {
    var bundle = Bundle(.one)
    bundle.policies["trust"]?["Statement", 0, "Condition", "StringEquals", "aws:SourceArn"] =
      .text(Bundle.store.replacing("eventdatastore/", with: "eventdataStore/"))
    var input = try bundle.input
    input.documents.removeAll { $0.source.path == "list-objects-v2.json" }
    input.documents.append(Document(Self.stream))
    let assembly = CopyAssembly(input)
    var reader = try #require(assembly.reader(of: Self.stream))
    let key =
      "\(Bundle.prefix)us-east-1/2026/01/01/111122223333_CloudTrail_us-east-1_20260101T0000Z_AbCdEfGhIjKlMnOp"
    reader.feed(
      Array(
        #"{"Contents": [{"Key": "\#(key)\#(ending)", "Size": 1, "StorageClass": "STANDARD", "#
          .utf8)[...])
    reader.feed(Array(#""LastModified": "2026-01-01T00:05:00+00:00"}]}"#.utf8)[...])
    input.readings.append(reader.finished())
    return FixSession([input], judgedBy: Bundle.judge)
  }

  @Test func `What was read of the listing counts when a fix is tried`() throws {
    var session = try session()
    #expect(session.report().verdict == .blocked)
    session.mend(withUnsafe: false)
    #expect(session.changes.map(\.original.path) == ["trust.json"])
    #expect(session.refused(withUnsafe: false).isEmpty)
    #expect(session.report().verdict == .ready, "\(session.report().complaints)")
  }

  @Test func `A mended copy is not ready where the listing stands against it`() throws {
    var session = try session(gzip: ".json")
    session.mend(withUnsafe: false)
    #expect(session.changes.map(\.original.path) == ["trust.json"])
    #expect(session.report().verdict == .blocked)
    #expect(session.report().findings.map(\.rule).contains("gzip-log-files"))
  }
}
