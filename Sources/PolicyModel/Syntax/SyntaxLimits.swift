/// What a document may have, so that no document can exhaust the machine.
package enum SyntaxLimits {
  /// How deep arrays and objects may nest.
  ///
  /// Stops `[[[[…`, which would overflow the stack of everything that walks a tree.
  package static let depth = 512
  /// How many bytes a text may have.
  ///
  /// Offsets are 32 bits wide; beyond, they would wrap around.
  package static let bytes = 1 << 30
  /// How many values and keys a document may have.
  ///
  /// Stops `[[],[],…`, which needs 24 bytes of memory for three of text.
  package static let entries = 16_000_000
  /// How many values and keys aliases may repeat.
  ///
  /// Stops "billion laughs": a list of ten aliases of a list of ten aliases of …
  package static let aliasedEntries = 100_000
}
