import ArgumentParser

/// What is done about findings that can be mended.
struct FixOptions: ParsableArguments {
  @Flag(
    name: .long,
    help:
      "Mend the documents, as far as that takes nothing away and grants only what the copy needs."
  )
  var fix = false

  @Flag(
    name: .long, help: "With --fix or --diff: make changes that grant or take away more, too.")
  var unsafeFixes = false

  @Flag(name: .long, help: "Write nothing; print what --fix would change, as a unified diff.")
  var diff = false

  /// Whether documents are to be mended, in files or only in the diff.
  var areWanted: Bool { fix || diff }

  /// Refuses what would do nothing.
  func check() throws(Refusal) {
    if unsafeFixes, !areWanted {
      throw Refusal(
        "`--unsafe-fixes` changes nothing by itself",
        help: "add `--fix` to write the files, or `--diff` to see the changes")
    }
  }
}
