import Reporting
import Testing

@testable import lint_copy

@Suite struct `The repository around a run` {
  @Test(arguments: [".git/HEAD", ".git"])
  func `Paths are relative to the folder that holds .git`(_ mark: String) throws {
    let folder = try ScratchFolder()
    try folder.write("", to: mark)
    try folder.write("{}", to: "deep/policies/role.json")
    var surroundings = Surroundings.test
    surroundings.directory = "\(folder.path)/deep"
    #expect(surroundings.paths.relative("policies/role.json") == "deep/policies/role.json")
    #expect(surroundings.paths.relative("../role.json") == "role.json")
  }

  @Test func `Outside of a repository paths stay as they are`() throws {
    let folder = try ScratchFolder()
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    #expect(surroundings.paths.root == nil)
    #expect(surroundings.paths.relative("role.json") == "role.json")
  }
}
