// swift-tools-version: 6.2

import PackageDescription

// Warnings fail our own builds only: a user of a newer compiler must still be able to build.
let warningsAreErrors = Context.environment["LINT_COPY_WARNINGS_AS_ERRORS"] != nil

// What `--version` says. Scripts/commit says it anew for each build of the Makefile; SwiftPM keeps what
// it knows of a repository for as long as this file stays as it is.
let commit =
  Context.environment["LINT_COPY_COMMIT"]
  ?? Context.gitInformation.map {
    $0.currentCommit.prefix(12) + ($0.hasUncommittedChanges ? "+" : "")
  } ?? ""

let package = Package(
  name: "lint-copy",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "lint-copy", targets: ["lint-copy"]),
    .library(name: "PolicyModel", targets: ["PolicyModel"]),
    .library(name: "Authorization", targets: ["Authorization"]),
    .library(name: "Simulation", targets: ["Simulation"]),
    .library(name: "Evidence", targets: ["Evidence"]),
    .library(name: "Checks", targets: ["Checks"]),
    .library(name: "Fixing", targets: ["Fixing"]),
    .library(name: "Reporting", targets: ["Reporting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML",
      pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
    ),
    .target(
      name: "CBuild",
      cSettings: [
        .define("LINT_COPY_COMMIT", to: "\"\(commit.filter { $0.isHexDigit || $0 == "+" })\"")
      ]
    ),
    .target(name: "PolicyModel", dependencies: ["CLibYAML"]),
    .target(name: "Authorization", dependencies: ["PolicyModel"]),
    .target(name: "Simulation", dependencies: ["PolicyModel", "Authorization"]),
    .target(name: "Evidence", dependencies: ["PolicyModel"]),
    .target(name: "Rules"),
    .target(name: "Checks", dependencies: ["PolicyModel", "Authorization", "Evidence", "Rules"]),
    .target(
      name: "Fixing", dependencies: ["PolicyModel", "Authorization", "Evidence", "Rules", "Checks"]),
    .target(name: "Drafting", dependencies: ["PolicyModel", "Evidence"]),
    .target(name: "Reporting", dependencies: ["PolicyModel", "Evidence", "Checks"]),
    .executableTarget(
      name: "lint-copy",
      dependencies: [
        "CBuild", "PolicyModel", "Authorization", "Simulation", "Evidence", "Checks", "Rules",
        "Fixing",
        "Drafting", "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .testTarget(name: "PolicyModelTests", dependencies: ["PolicyModel"]),
    .testTarget(name: "AuthorizationTests", dependencies: ["Authorization", "PolicyModel"]),
    .testTarget(
      name: "SimulationTests", dependencies: ["Simulation", "Authorization", "PolicyModel"]),
    .testTarget(name: "EvidenceTests", dependencies: ["Evidence", "PolicyModel"]),
    .testTarget(
      name: "ChecksTests",
      dependencies: ["Checks", "Evidence", "Authorization", "PolicyModel", "Rules"],
      exclude: ["Snapshots"]
    ),
    .testTarget(
      name: "FixingTests", dependencies: ["Fixing", "Checks", "Evidence", "PolicyModel"]),
    .testTarget(name: "DraftingTests", dependencies: ["Drafting", "PolicyModel"]),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Reporting", "Checks", "Evidence", "PolicyModel"],
      exclude: ["Snapshots"]
    ),
    .testTarget(
      name: "CommandTests",
      dependencies: ["lint-copy", "Drafting", "Reporting", "Checks", "Evidence", "PolicyModel"],
      exclude: ["Drafts"]
    ),
  ],
  swiftLanguageModes: [.v6]
)

// What `make fuzz` hands its inputs to; no part of any other build.
if Context.environment["LINT_COPY_FUZZING"] != nil {
  package.products.append(.library(name: "FuzzTargets", targets: ["FuzzTargets"]))
  package.targets.append(
    .target(
      name: "FuzzTargets",
      dependencies: [
        "PolicyModel", "Authorization", "Simulation", "Evidence", "Checks", "Fixing", "Reporting",
      ],
      path: "Fuzz/Targets"
    ))
}

// What `make bench` measures with; no part of any other build.
if Context.environment["LINT_COPY_BENCHMARKS"] != nil {
  package.targets.append(
    .executableTarget(
      name: "lint-copy-benchmark",
      dependencies: ["PolicyModel", "Authorization", "Simulation", "Evidence", "Checks"],
      path: "Benchmarks/Program"
    ))
}

for target in package.targets where target.type != .system {
  var settings = target.swiftSettings ?? []
  // SE-0335: write `any` before an existential type.
  settings.append(.enableUpcomingFeature("ExistentialAny"))
  // SE-0409: an import is internal unless it says otherwise.
  settings.append(.enableUpcomingFeature("InternalImportsByDefault"))
  // SE-0444: a member is visible only where its module is imported.
  settings.append(.enableUpcomingFeature("MemberImportVisibility"))
  // SE-0461: nonisolated async functions run on the caller's actor.
  settings.append(.enableUpcomingFeature("NonisolatedNonsendingByDefault"))
  // SE-0458: every unsafe use is marked.
  settings.append(.strictMemorySafety())
  if warningsAreErrors {
    // SE-0480
    settings.append(.treatAllWarnings(as: .error))
  }
  target.swiftSettings = settings
}
