import Course
import Session
import Stack

/// The boxes of writing: a number for a field, and who reads it.
extension LessonScreen {
  func drawWriting(_ state: WriteState, on canvas: inout Canvas) {
    guard let block = scene.block(state.memory) else { return }
    let now = scene.text(state.field, of: state.memory, block)
    let frame = canvas.bounds.centred(Size(width: 64, height: 9))
    let host = scene.hostName(state.memory.host)
    canvas.openBox(
      frame, title: [StyledText(say("메모리에 적기", "Write to the memory"), .bold)],
      facts: [StyledText("\(host) \(state.memory.socket) · \(state.field.name)", .dim)], .accent
    ) { inside in
      inside.text(say("지금  ", "now   ") + now, at: 2, 1)
      let label = say("새 값 > ", "new   > ")
      inside.text(label + state.text, at: 2, 2, .bold)
      inside.put(" ", at: 2 + label.displayWidth + state.text.displayWidth, 2, .cursor)
      let help = say(
        "0x…, 십진수, +1000이나 -1처럼 더하고 빼기", "0x…, decimal, or +1000 and -1 from what it is")
      inside.text(
        state.isUnreadable ? "! \(help)" : help, at: 2, 4, state.isUnreadable ? .warning : .dim,
        width: 58)
      inside.text(
        [
          StyledText("enter", .accent), StyledText(say(" 적기   ", " write   "), .dim),
          StyledText("esc", .accent),
          StyledText(say(" 나가기      새 갈래 ⑂가 열립니다", " leave      opens a new branch ⑂"), .dim),
        ], at: 2, 6)
    }
  }

  func drawRenaming(_ state: RenameState, on canvas: inout Canvas) {
    let name = model.run.runs[state.run].name
    let taken = say("다른 갈래나 단계의 이름입니다.", "Another branch or step goes by it.")
    canvas.inputLine(
      say("갈래 이름 · ⑂ \(name)", "Name · ⑂ \(name)"), say("새 이름", "new name"), state.text,
      model.language, problem: state.isTaken ? taken : nil)
  }

  func drawReaders(_ field: Field, _ readers: [FieldReader], on canvas: inout Canvas) {
    let lines = readerLines(field, readers)
    let frame = canvas.bounds.centred(
      Size(width: 74, height: min(lines.count + 5, canvas.height)))
    canvas.openBox(
      frame,
      title: [
        StyledText(say("\(field.name)을(를) 다음에 읽는 규칙", "Rules that read \(field.name) next"), .bold)
      ],
      .accent
    ) { inside in
      for (row, line) in lines.prefix(inside.height - 3).enumerated() {
        inside.text(line, at: 2, row + 1, width: 69)
      }
      inside.text(
        [StyledText("esc", .accent), StyledText(say(" 닫기", " close"), .dim)], at: 2,
        inside.height - 1)
    }
  }

  private func readerLines(_ field: Field, _ readers: [FieldReader]) -> [[StyledText]] {
    guard !readers.isEmpty else {
      return [
        [
          StyledText(
            say(
              "여기서부터는 아무도 읽지 않습니다. 다른 값을 적어도 달라지는 일이 없습니다.",
              "From here on nobody reads it: another number changes nothing."))
        ]
      ]
    }
    return readers.prefix(6).flatMap { reader in
      let rule = reader.rule
      let after = say("\(reader.distance)순간 뒤", "\(reader.distance) moments on")
      let prose = rule.map { RuleProse.text($0, model.language) } ?? reader.event.name
      return [
        [
          StyledText("\(scene.hostName(reader.host)) · \(after) · ", .dim),
          StyledText(rule?.reference.description ?? ""),
        ],
        [StyledText("  " + prose)],
      ]
    }
  }
}
