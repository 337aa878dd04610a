import Testing

/// The measures themselves, on texts whose measure is known.
@Suite struct ScanTests {
  @Test func stringsAndCommentsAreNoCode() {
    let text = ##"""
      let a = "try! {" // as! {
      /* func /* nested { */ still */ let b = #"x \#(y { "q" }) "{"#
      let c = 1
      """##
    let code = SwiftText.code(of: text)
    #expect(!code.contains("{"))
    #expect(!code.contains("try!"))
    #expect(!code.contains("as!"))
    #expect(!code.contains("nested"))
    #expect(code.contains("let b ="))
    #expect(code.contains("let c = 1"))
    #expect(code.split(separator: "\n").count == 3)
  }

  @Test func functionsAreMeasured() {
    let text = """
      protocol P { func none() }
      struct S {
        var stored = [1, 2].map { $0 }
        var computed: Int {
          3
        }
        init(_ a: () -> Void = { }) {
          self.init()
          if true {
          }
        }
        func long(
          a: Int
        ) -> Int {
          func inner() { }
          return .init(a)
        }
      }
      """
    let found = Set(FunctionScan.functions(in: text))
    let expected: Set<FunctionExtent> = [
      FunctionExtent(name: "var computed", line: 4, lineCount: 3),
      FunctionExtent(name: "init", line: 7, lineCount: 5),
      FunctionExtent(name: "func inner", line: 15, lineCount: 1),
      FunctionExtent(name: "func long", line: 12, lineCount: 6),
    ]
    #expect(found == expected)
  }

  @Test func importsAreRead() {
    let text = """
      import Wire
      @testable import Stack
      @preconcurrency public import struct Foundation.URL
      // import Glibc
      let text = "import Yams"
      """
    #expect(ModuleGraph.imports(in: text) == ["Wire", "Stack", "Foundation"])
  }

  @Test func theManifestIsRead() {
    let manifest = """
      let package = Package(
        targets: [
          .systemLibrary(name: "C", providers: [.apt(["x"])]),
          .target(
            name: "A", dependencies: ["B", .product(name: "P", package: "q")],
            swiftSettings: strict),
          .target(name: "B"),
          .executableTarget(name: "c-d", path: "Sources/E"),
        ]
      )
      """
    #expect(ModuleGraph.declared(in: manifest) == ["C": [], "A": ["B", "P"], "B": [], "E": []])
  }
}
