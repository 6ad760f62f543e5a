import PolicyModel
import Testing

@testable import Authorization

@Suite struct `Control policies that spare an account` {
  /// A request that the role's own policy and both kinds of control policies deny.
  private static func denied(
    principal: Certainty, resource: Certainty
  ) throws -> Explanation? {
    let question = try Layers(
      identity: [[deny(), allow()]], serviceControl: [[[deny(), allow()]]],
      resourceControl: [[[deny(#""*""#)]]], principalIsManagement: principal,
      resourceIsManagement: resource
    ).question()
    guard case .refuted(let explanation) = question.prove(RequestFamily(request())) else {
      return nil
    }
    return explanation
  }

  @Test(arguments: [
    (Certainty.no, Certainty.no, [LayerKind.resourceControl, .serviceControl, .identity]),
    (.yes, .no, [.resourceControl, .identity]), (.no, .yes, [.serviceControl, .identity]),
    (.perhaps, .no, [.resourceControl, .identity]), (.no, .perhaps, [.serviceControl, .identity]),
    (.yes, .perhaps, [.identity]),
  ])
  func `A Deny that may not be about the account decides nothing`(
    principal: Certainty, resource: Certainty, layers: [LayerKind]
  ) throws {
    let explanation = try #require(try Self.denied(principal: principal, resource: resource))
    #expect(explanation.decidingDenies.map(\.layer) == layers)
  }
}
