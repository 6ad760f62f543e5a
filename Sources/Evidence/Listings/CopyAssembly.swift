/// Makes a plan in two steps, so that listings of any length are counted as they pass by.
///
///     let assembly = CopyAssembly(input)
///     for stream in assembly.streams {
///       guard var reader = assembly.reader(of: stream) else { continue }
///       while let piece = … { reader.feed(piece) }
///       input.readings.append(reader.finished())
///     }
///     let plan = CopyPlan(assembling: input)
///
/// The first step reads the small documents and settles what is copied from where to where: which of
/// a listing's objects matter is known before the first is read.
package struct CopyAssembly: Sendable {
  private var assembly: PlanAssembly
  private let readings: [ListingReading]

  /// Reads the documents that are kept.
  package init(_ input: CopyInput) {
    readings = input.readings
    let deployment = Deployment(input)
    assembly = PlanAssembly(input, deployedIn: deployment)
    assembly.begin()
    // A template whose role, store or bucket is one that somebody stated is deployed in its
    // account; with that, more of the template can be told.
    let bound = assembly.deploymentOfStatedNames
    guard
      bound.account?.value != deployment.account?.value
        || bound.region?.value != deployment.region?.value
    else { return }
    assembly = PlanAssembly(input, deployedIn: bound)
    assembly.begin()
  }

  /// The listings that are not kept, in the order they were given.
  package var streams: [ListingStream] {
    assembly.dossier.listings.compactMap { listing in
      if case .stream(let stream) = listing { stream } else { nil }
    }
  }

  /// What reads a listing; nil where reading it would tell nothing.
  package func reader(of stream: ListingStream) -> ListingReader? {
    assembly.reader(of: stream)
  }

  /// The plan, with what the listings showed.
  package mutating func finished() -> CopyPlan { assembly.finish(readings) }
}
