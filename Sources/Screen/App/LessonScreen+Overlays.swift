import Course
import Session
import Stack

/// Boxes over the panes: question, help, input lines.
extension LessonScreen {
  func draw(_ overlay: LessonModel.Overlay, on canvas: inout Canvas) {
    switch overlay {
    case .help(let page): drawHelp(page, on: &canvas)
    case .question(let ask): drawQuestion(ask, on: &canvas)
    case .search(let text):
      canvas.inputLine(say("찾기", "Search"), say("필드 이름", "field name"), text, model.language)
    case .goTo(let text):
      canvas.inputLine(say("이동", "Go to"), say("순간이나 시각", "moment or time"), text, model.language)
    case .write(let state): drawWriting(state, on: &canvas)
    case .fault(let state): drawFaults(state, on: &canvas)
    case .glossary(let state): drawGlossary(state, on: &canvas)
    case .rename(let state): drawRenaming(state, on: &canvas)
    case .readers(let field, let readers): drawReaders(field, readers, on: &canvas)
    }
  }

  // MARK: Help

  private func drawHelp(_ page: Int, on canvas: inout Canvas) {
    let frame = canvas.bounds.centred(
      Size(width: min(80, canvas.width), height: min(24, canvas.height)))
    canvas.openBox(
      frame, title: [StyledText(say("도움", "Help"), .bold)],
      facts: [StyledText("\(page + 1)/2", .dim)], .accent
    ) { inside in
      if page == 0 {
        drawBindings([.time], say("시간", "Time"), at: 2, on: &inside)
        drawBindings([.look], say("보기", "Look"), at: 40, on: &inside)
      } else {
        drawBindings([.views], say("뷰", "Views"), at: 2, on: &inside)
        drawBindings([.program], say("프로그램", "Program"), at: 40, on: &inside)
        drawSigns(at: 2, 9, on: &inside)
      }
      inside.text(
        [
          StyledText("tab", .accent), StyledText(say(" 다른 쪽   ", " other page   "), .dim),
          StyledText("esc", .accent), StyledText(say(" 닫기", " close"), .dim),
        ], at: 2, inside.height - 1)
    }
  }

  private func drawBindings(
    _ groups: [KeyBinding.Group], _ title: String, at x: Int, on canvas: inout Canvas
  ) {
    canvas.text(title, at: x, 1, .bold)
    for (row, binding) in KeyTable.all.filter({ groups.contains($0.group) }).enumerated() {
      canvas.text(binding.label, at: x + 2, 2 + row, .accent)
      canvas.text(binding.long.text(model.language), at: x + 13, 2 + row, width: 24)
    }
  }

  private func drawSigns(at x: Int, _ y: Int, on canvas: inout Canvas) {
    let signs: [(String, String, String)] = [
      ("*", "이 순간에 바뀜", "changed at this moment"), ("▸", "여기", "here"),
      ("–", "아직 값이 없음", "no value yet"), ("?", "모름, 또는 답할 때까지 가림", "not known, or covered"),
      ("✗", "잃음", "lost"), ("↻", "다시 보냄", "sent again"), ("!", "여기를 보세요", "look here"),
      ("⑂", "갈래", "branch"), ("[20]", "고른 바이트", "chosen bytes"),
      ("‹20›", "바뀐 바이트", "changed bytes"),
    ]
    canvas.text(say("기호", "Signs"), at: x, y, .bold)
    for (row, sign) in signs.enumerated() {
      canvas.text(sign.0, at: x + 2, y + 1 + row, .accent)
      canvas.text(say(sign.1, sign.2), at: x + 13, y + 1 + row)
    }
  }
}
