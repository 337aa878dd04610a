import Course
import Testing

@testable import Screen

@Suite struct GlossaryTests {
  @Test(arguments: Language.allCases) func aTermIsFoundAndExplained(_ language: Language) throws {
    var model = try Lessons.solved("L05", language, smallScreen)
    let before = model.screen
    model.press(.character("t"))
    model.type("iss")
    #expect(model.screen.lines.allSatisfy { $0.displayWidth == 80 })
    for _ in 0..<3 { model.press(.backspace) }
    let first = try #require(model.glossary("").first)
    #expect(model.screen.text.contains(first.meaning.text(language).prefix(10)))
    model.press(.down)
    let second = model.glossary("")[1]
    #expect(model.screen.text.contains(second.term(language).prefix(6)))
    model.type("qqqq")
    #expect(model.glossary("qqqq").isEmpty)
    model.press(.down, .up, .escape)
    #expect(model.screen == before || model.overlay == nil)
  }
}
