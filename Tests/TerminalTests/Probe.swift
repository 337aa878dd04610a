import Foundation
import PseudoTerminal
import Screen

/// The program of the tests on a terminal of its own.
enum Probe {
  static let path = DrivenProgram.builtProducts.appendingPathComponent("terminal-probe").path

  static func start(
    _ arguments: [String] = [], environment changes: [String: String?] = [:],
    size: Size = Size(width: 80, height: 24), errors: Int32? = nil
  ) throws -> DrivenProgram {
    var environment = DrivenProgram.plainEnvironment
    for (name, value) in changes { environment[name] = value }
    return try DrivenProgram(path, arguments, environment: environment, size: size, errors: errors)
  }

  /// Started, and its first screen shown.
  static func startShown(
    _ arguments: [String] = [], environment: [String: String?] = [:],
    size: Size = Size(width: 80, height: 24), errors: Int32? = nil
  ) throws -> DrivenProgram {
    let program = try start(
      arguments, environment: environment, size: size, errors: errors)
    try program.waitFor("준비됨")
    return program
  }

  /// A screen as it is drawn in the design, as a file.
  static func fixture(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("ScreenTests/Fixtures/\(name).txt")
  }
}

extension CellGrid {
  /// The rule of the probe: another role in every row.
  var inManyRoles: CellGrid {
    var grid = self
    for y in 0..<height {
      let role = Role.allCases[y % Role.allCases.count]
      for x in 0..<width where !grid[x, y].isContinuation {
        grid.restyle(at: x, y) { $0 = Style(role, bold: y % 2 == 1, underline: y % 5 == 4) }
      }
    }
    return grid
  }
}
