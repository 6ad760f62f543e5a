import PolicyModel

/// Microseconds for parsing files once, with a place for every node.
func measureParsing(
  _ format: DocumentFormat, _ paths: ArraySlice<String>, runs: Int
) throws {
  let sources = try paths.map { Source(path: $0, text: try readFile($0)) }
  var nodes = 0
  let time = shortest(of: runs) {
    for source in sources {
      if let tree = try? Tree.parse(source, format: format) { nodes += tree.entries.count }
    }
  }
  precondition(nodes > runs * sources.count, "what is measured is read")
  report("parsing", time * 1e6, "µs")
}
