/// The release of the program and its libraries.
package enum Release {
  /// The version, as every report says it.
  package static let version = "0.1.0"
}
