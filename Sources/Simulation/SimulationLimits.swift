/// What a simulation takes at most, so that no input can exhaust the machine.
package enum SimulationLimits {
  /// The longest line of a stream.
  ///
  /// A stream without line ends must not fill the memory; policies
  /// that AWS stores have 32,768 bytes at most.
  package static let lineBytes = 4 << 20
  /// How many decisions one document may ask for.
  ///
  /// A list of actions and a list of resources
  /// multiply: two lists of 2 MB each would ask for 10^10.
  package static let decisions = 100_000
  /// How many policies are kept ready.
  ///
  /// A stream may bring a new policy with every line.
  package static let cachedPolicies = 4096
  /// How many bytes of policy text are kept ready, for the same reason; what is made of them takes
  /// about thirty times as much.
  package static let cachedBytes = 4 << 20
}
