import Foundation
import Testing

/// The arrows between the modules, read from the files themselves.
@Suite struct ModuleTests {
  static let modules = (try? Repository.folders(in: "Sources")) ?? []

  static func sources(of module: String) -> [Repository.TextFile] {
    Repository.files(under: "Sources/\(module)", endings: ["swift"])
  }

  @Test func theModulesAreFound() {
    #expect(Set(Self.modules).isSuperset(of: ModuleGraph.pure))
    #expect(Self.sources(of: "Stack").count > 20)
  }

  @Test(arguments: modules) func importsOnlyWhatLiesBelow(module: String) throws {
    let allowed = try #require(ModuleGraph.allowed[module], "no place in the house for \(module)")
    for file in Self.sources(of: module) {
      for name in ModuleGraph.imports(in: file.text) where !allowed.contains(name) {
        Issue.record("\(file.path) imports \(name); \(module) may use \(allowed.sorted())")
      }
    }
  }

  @Test func theManifestSaysWhatTheFilesDo() throws {
    let declared = ModuleGraph.declared(in: try Repository.text("Package.swift"))
    for module in Self.modules {
      let says = try #require(declared[module], "Package.swift has no target \(module)")
      let allowed = ModuleGraph.allowed[module] ?? []
      #expect(says.subtracting(allowed).isEmpty, "\(module) may not depend on these")
      let used = Set(Self.sources(of: module).flatMap { ModuleGraph.imports(in: $0.text) })
      let unnamed = used.subtracting(ModuleGraph.system).subtracting(says)
      #expect(unnamed.isEmpty, "\(module) uses these without saying so in Package.swift")
    }
  }

  /// Following the arrows never leads back.
  @Test func theArrowsHaveNoCircle() {
    var settled: Set<String> = []
    var left = ModuleGraph.allowed
    while true {
      let ready = left.filter { entry in
        entry.value.allSatisfy { settled.contains($0) || ModuleGraph.allowed[$0] == nil }
      }
      guard !ready.isEmpty else { break }
      settled.formUnion(ready.keys)
      for name in ready.keys { left[name] = nil }
    }
    #expect(left.isEmpty, "these depend on each other in a circle")
  }

  @Test(arguments: ModuleGraph.pure.sorted()) func touchesNoOperatingSystem(module: String) {
    for file in Self.sources(of: module) {
      let found = Set(ModuleGraph.imports(in: file.text)).intersection(ModuleGraph.system)
      #expect(found.isEmpty, "\(file.path) imports the system")
    }
  }

  /// A type that bears its module's name breaks qualified look-up.
  @Test func noTypeBearsAModulesName() throws {
    let names = Self.modules.filter { !$0.contains("-") }.joined(separator: "|")
    let declaration = try Regex(#"\b(struct|class|enum|actor|protocol|typealias)\s+(\#(names))\b"#)
    for module in Self.modules {
      for file in Self.sources(of: module) {
        let match = SwiftText.code(of: file.text).firstMatch(of: declaration)
        #expect(match == nil, "\(file.path) declares a type with a module's name")
      }
    }
  }
}
