// swift-tools-version: 6.2

import PackageDescription

// The targets themselves are part of the package above, where `package` declarations can be seen;
// this one only hands libFuzzer's inputs to them. `Scripts/fuzz` sets LINT_COPY_FUZZING, which
// makes the package above offer them, and adds the instrumentation to every module.
let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "lint-copy", path: "..")],
  targets: [
    .target(name: "CFuzzer"),
    .executableTarget(
      name: "fuzz",
      dependencies: ["CFuzzer", .product(name: "FuzzTargets", package: "lint-copy")]
    ),
  ],
  swiftLanguageModes: [.v6]
)
