// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "judge",
  platforms: [.macOS(.v15)],
  dependencies: [
    // In a package of your own: .package(url: "https://…/lint-copy", exact: "0.1.0")
    .package(name: "lint-copy", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "judge",
      dependencies: [
        .product(name: "PolicyModel", package: "lint-copy"),
        .product(name: "Checks", package: "lint-copy"),
        .product(name: "Reporting", package: "lint-copy"),
      ]
    )
  ]
)
