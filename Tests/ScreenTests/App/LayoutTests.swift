import Course
import Stack
import Testing

@testable import Screen

/// Everything has its place at every size, and no text runs out of it.
@Suite struct LayoutTests {
  @Test(arguments: Lessons.all, Language.allCases)
  func theTextOfEveryStepFitsItsPane(_ name: String, _ language: Language) throws {
    var model = try Lessons.solved(name, language, smallScreen)
    for place in model.run.steps.indices {
      let step = model.run.steps[place]
      for moment in [step.first, step.last] {
        model.go(.init(step: place, moment: moment))
        let screen = model.screen
        let mark = screen[26, LessonLayout(model).closingRule - 1].character
        #expect(mark != "▾", "step \(step.step.id) runs over\n\(screen.text)")
      }
    }
  }

  /// Borders stand straight: the line between lesson and view is in one column, in both languages.
  @Test(arguments: Lessons.names, Language.allCases)
  func theBorderStandsStraight(_ name: String, _ language: Language) throws {
    for size in [smallScreen, largeScreen, Size(width: 97, height: 31)] {
      var model = try Lessons.solved(name, language, size)
      for place in model.spread(30) {
        model.go(place)
        let screen = model.screen
        let layout = LessonLayout(model)
        for row in 2..<layout.closingRule {
          let sign = screen[layout.lessonWidth, row].character
          #expect("│├┤┼".contains(sign), "row \(row) at \(model.position)\n\(screen.text)")
        }
        #expect(screen.lines.allSatisfy { $0.displayWidth == size.width })
      }
    }
  }

  @Test(arguments: [
    Size(width: 80, height: 24), Size(width: 80, height: 29), Size(width: 119, height: 40),
    Size(width: 120, height: 30), Size(width: 200, height: 60), Size(width: 79, height: 24),
    Size(width: 10, height: 3), Size(width: 1, height: 1),
  ])
  func everySizeCanBeDrawn(_ size: Size) throws {
    var model = try Lessons.solved("L05", .ko, size)
    for step in 0..<30 {
      let screen = model.screen
      #expect(screen.size == size)
      model.press(.character("."), step % 5 == 0 ? .tab : .character("z"))
      model.press(.character("?"))
      #expect(model.screen.size == size)
      model.press(.escape, .character("w"))
    }
  }

  @Test func theFooterIsCutAndNeverWraps() throws {
    var model = try Lessons.solved("L05", .en, smallScreen)
    for _ in 0..<40 {
      let line = model.screen.lines[23]
      #expect(line.contains("next") || line.contains("back") || line.contains("predict"))
      model.press(.character("."))
    }
  }

  /// Without colour and in ASCII nothing is lost: every sign has its counterpart of one cell.
  @Test(arguments: Lessons.names) func everySignHasItsASCIIForm(_ name: String) throws {
    var model = try Lessons.solved(name, .en, largeScreen)
    for place in model.spread(60) {
      model.go(place)
      let ascii = asciiForm(of: model.screen)
      let odd = ascii.text.unicodeScalars.first { !$0.isASCII && !CharacterSetHangul.contains($0) }
      #expect(odd == nil, "\(String(describing: odd)) at \(model.position)")
      #expect(!ascii.text.contains("_") || model.screen.text.contains("_"))
    }
  }
}

private enum CharacterSetHangul {
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    (0xac00...0xd7a3).contains(scalar.value)
  }
}
