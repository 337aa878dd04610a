// swift-tools-version: 6.2
import PackageDescription

/// Library targets are held to the strictest reading: a warning is an error.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "sockscope",
  products: [
    .executable(name: "sockscope", targets: ["sockscope"]),
    .executable(name: "sockscope-bench", targets: ["sockscope-bench"]),
    .library(
      name: "SockscopePacketdrill", type: .dynamic, targets: ["SockscopePacketdrill"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CNCurses", providers: [.apt(["libncursesw5-dev"])]),
    .target(name: "CTerminal"),
    .target(name: "CTap"),
    .target(name: "Wire", swiftSettings: strict),
    .target(
      name: "Stack",
      dependencies: [
        "Wire", .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
      ],
      swiftSettings: strict),
    .target(
      name: "Simulation",
      dependencies: ["Stack", "Wire", .product(name: "HeapModule", package: "swift-collections")],
      swiftSettings: strict),
    .target(name: "Capture", dependencies: ["Wire"], swiftSettings: strict),
    .target(
      name: "Session", dependencies: ["Simulation", "Capture", "Stack", "Wire"],
      swiftSettings: strict),
    .target(
      name: "Course",
      dependencies: [
        "Session", "Simulation", "Stack", "Wire", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict, plugins: ["EmbedLessonsPlugin"]),
    .executableTarget(name: "embed-lessons", swiftSettings: strict),
    .plugin(
      name: "EmbedLessonsPlugin", capability: .buildTool(), dependencies: ["embed-lessons"],
      path: "Sources/EmbedLessonsPlugin"),
    .target(
      name: "Screen", dependencies: ["Course", "Session", "Simulation", "Stack", "Wire"],
      swiftSettings: strict),
    .target(
      name: "Terminal", dependencies: ["Screen", "CNCurses", "CTerminal"],
      swiftSettings: strict),
    .target(name: "TapLink", dependencies: ["Wire", "CTap"], swiftSettings: strict),
    .executableTarget(
      name: "sockscope",
      dependencies: [
        "Terminal", "TapLink", "Screen", "Course", "Session", "Simulation", "Capture", "Stack",
        "Wire",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .target(name: "CPacketdrill"),
    .target(
      name: "SockscopePacketdrill", dependencies: ["CPacketdrill", "Stack", "Wire"],
      swiftSettings: strict),
    .executableTarget(
      name: "sockscope-bench",
      dependencies: ["Screen", "Course", "Session", "Simulation", "Stack", "Wire"],
      swiftSettings: strict),
    .testTarget(name: "WireTests", dependencies: ["Wire"]),
    .testTarget(name: "StackTests", dependencies: ["Stack", "Wire"]),
    .testTarget(
      name: "SimulationTests", dependencies: ["Session", "Simulation", "Stack", "Wire"]),
    .testTarget(name: "CaptureTests", dependencies: ["Capture", "Wire"]),
    .testTarget(
      name: "SessionTests", dependencies: ["Capture", "Session", "Simulation", "Stack", "Wire"]),
    .testTarget(
      name: "CourseTests", dependencies: ["Course", "Session", "Simulation", "Stack", "Wire"]),
    .testTarget(
      name: "ScreenTests",
      dependencies: ["Screen", "Course", "Session", "Simulation", "Capture", "Stack", "Wire"],
      exclude: ["Fixtures", "Golden"]),
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
    .target(
      name: "PseudoTerminal", dependencies: ["CPseudoTerminal", "Screen"],
      path: "Tests/PseudoTerminal"),
    .executableTarget(
      name: "terminal-probe", dependencies: ["Terminal", "Screen"], path: "Tests/TerminalProbe"),
    .testTarget(
      name: "TerminalTests",
      dependencies: [
        "Terminal", "Screen", "PseudoTerminal", "CPseudoTerminal", "terminal-probe",
      ]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "Course", "Screen", "Session", "Stack", "Capture", "Wire", "PseudoTerminal", "sockscope",
      ]),
    .target(
      name: "Fuzzing",
      dependencies: ["Screen", "Course", "Session", "Simulation", "Capture", "Stack", "Wire"],
      path: "Tests/Fuzzing"),
    .testTarget(name: "FuzzingTests", dependencies: ["Fuzzing"], exclude: ["Findings"]),
    .testTarget(
      name: "PacketdrillTests", dependencies: ["SockscopePacketdrill", "CPacketdrill", "Wire"]),
    .testTarget(name: "TidyTests"),
  ],
  swiftLanguageModes: [.v6]
)

/// With SOCKSCOPE_FUZZ=1, as `.ci/fuzz` sets it, the libraries report to libFuzzer which ways they take.
if Context.environment["SOCKSCOPE_FUZZ"] == "1" {
  let fuzzed = "-sanitize=fuzzer"
  for target in package.targets where target.type == .regular {
    target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags([fuzzed])]
  }
  package.targets.append(
    .executableTarget(
      name: "sockscope-fuzz", dependencies: ["Fuzzing"], path: "Tests/Fuzzer",
      linkerSettings: [.unsafeFlags([fuzzed])]))
}
