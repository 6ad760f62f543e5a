import Authorization
import PolicyModel

/// Decides requests offline, as `aws iam simulate-custom-policy` does online, from documents in the
/// shape of that command's `--cli-input-json`.
///
/// It keeps the policies of recent documents ready, so that a stream whose documents share policies
/// costs little more than reading it. What is kept is bounded (``SimulationLimits``).
package struct Simulator {
  private var cache = PolicyCache()
  /// Documents of one stream mostly have one caller.
  private var lastCaller: (name: String, caller: Caller)?

  package init() {}

  /// Answers one document: the bytes of an object with `EvaluationResults`, as people read it.
  package mutating func simulate(
    _ bytes: [UInt8], path: String
  ) throws(InputProblem) -> [UInt8] {
    let source: Source
    do {
      source = try Source.decoding(bytes, path: path)
    } catch {
      throw InputProblem(error)
    }
    var writer = JSONWriter(isIndented: true)
    try simulate(source, into: &writer)
    writer.lineBreak()
    return writer.bytes
  }

  /// Answers one document; what was written before an error is of no use.
  mutating func simulate(
    _ source: Source, into writer: inout JSONWriter
  ) throws(InputProblem) {
    let tree: Tree
    do {
      // Policies, the most of a document, are told by their bytes as they stand.
      tree = try Tree.json(
        source.text, from: Tree.Origin(source: source), decodesStrings: false)
    } catch {
      throw InputProblem(error)
    }
    let input = try SimulationInput(reading: tree.root)
    var run = try Run(input, caller: try caller(input.caller))
    writer.beginObject()
    writer.key("EvaluationResults")
    writer.beginArray()
    for action in input.actions {
      let name = try ActionName(action)
      if input.resources.isEmpty {
        let decision = try run.decide(name, on: .everything, &cache)
        writer.evaluationResult(decision, action: action, resource: nil)
      }
      for resource in input.resources {
        let decision = try run.decide(name, on: ResourceName(resource), &cache)
        writer.evaluationResult(decision, action: action, resource: resource)
      }
    }
    writer.endArray()
    writer.endObject()
  }

  private mutating func caller(_ node: Node?) throws(InputProblem) -> Caller {
    guard let node else { return .unnamed }
    let name = node.string ?? ""
    if let lastCaller, lastCaller.name == name { return lastCaller.caller }
    let caller = try Caller(node)
    lastCaller = (name, caller)
    return caller
  }
}
