import Fuzzing
import Glibc

/// A folder with a folder of seeds for each target, and a dictionary beside it.
struct SeedFolder {
  private let path: String

  init(_ path: String) { self.path = path }

  /// False when something could not be written.
  func write() -> Bool {
    _ = mkdir(path, 0o755)
    return FuzzTarget.allCases.allSatisfy { target in
      let folder = "\(path)/\(target.rawValue)"
      _ = mkdir(folder, 0o755)
      let seeds = target.seeds.enumerated().allSatisfy { number, octets in
        write(octets, to: "\(folder)/seed-\(number)")
      }
      let lines = target.words.map { word in
        "\"" + word.map(Self.escaped).joined() + "\"\n"
      }
      return seeds && write(Array(lines.joined().utf8), to: "\(path)/\(target.rawValue).dict")
    }
  }

  private func write(_ octets: [UInt8], to path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    defer { fclose(file) }
    return fwrite(octets, 1, octets.count, file) == octets.count
  }

  private static func escaped(_ octet: UInt8) -> String {
    let digits = String(octet, radix: 16)
    return "\\x" + (digits.count == 1 ? "0" : "") + digits
  }
}
