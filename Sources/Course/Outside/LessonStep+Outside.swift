import Stack

extension LessonStep {
  /// Takes out what cannot be known when a host is outside, and says so at the end of its text.
  mutating func leaveOut(_ host: String, _ end: OutsideEnd) {
    let statements = expectations.count
    expectations.removeAll { expectation in
      (expectation.path.paths + expectation.value.paths).contains { $0.memoryHost == host }
    }
    let asked = questions.count
    questions.removeAll { $0.looksInto(host) }
    let notes = LeftOut(
      host: host, statements: statements - expectations.count, questions: asked - questions.count,
      end: end)
    if let note = notes.phrase { add(note) }
  }

  /// The lesson's own texts are about the built-in wire: the first step says so.
  mutating func sayThatTimeIsReal(_ host: String) {
    add(
      Phrase(
        ko: "TAP에서는 이 시스템의 커널이 \(host)이고 시간은 실제 시간입니다. 글에 나오는 시간은 프로그램 안의 선로에 관한 "
          + "것입니다.",
        en:
          "Over TAP the \(host) is this system’s kernel and the time is real. Times in the texts are those of the "
          + "built-in wire."))
  }

  private mutating func add(_ note: Phrase) {
    if let own = afterword {
      afterword = own.followed(by: note)
    } else {
      narration = narration.followed(by: note)
    }
  }
}

/// What of a step cannot be known.
private struct LeftOut {
  var host: String
  var statements: Int
  var questions: Int
  var end: OutsideEnd

  var phrase: Phrase? {
    var ko: [String] = []
    var en: [String] = []
    if statements > 0 {
      ko.append("\(host)의 메모리에 관한 진술 \(statements)개는 TAP에서 볼 수 없습니다.")
      en.append(
        statements == 1
          ? "One statement about the \(host)’s memory cannot be seen over TAP."
          : "\(statements) statements about the \(host)’s memory cannot be seen over TAP.")
    }
    if questions > 0 {
      ko.append("질문 \(questions)개는 답이 \(host) 안에 있어 뺐습니다.")
      en.append(
        questions == 1
          ? "One question is left out: its answer is inside the \(host)."
          : "\(questions) questions are left out: their answers are inside the \(host).")
    }
    let span = OutsideEnd.quietTime.count / 1_000_000
    switch end {
    case .asWritten: break
    case .frame(let kind, _):
      // 을 behind the n of SYN and FIN, 를 behind ACK, RST and data.
      let particle = kind.name.hasSuffix("N") ? "을" : "를"
      ko.append("\(kind.name)\(particle) 건네고 \(span) ms 동안 조용하면 이 단계가 끝난 것으로 봅니다.")
      en.append(
        "The step counts as over when the \(kind.name) is delivered and \(span) ms are silent.")
    case .silence:
      ko.append("\(span) ms 동안 조용하면 이 단계가 끝난 것으로 봅니다.")
      en.append("The step counts as over after \(span) ms of silence.")
    }
    guard !ko.isEmpty else { return nil }
    return Phrase(ko: ko.joined(separator: " "), en: en.joined(separator: " "))
  }
}

extension Question {
  /// Whether its answer is in a host's memory.
  fileprivate func looksInto(_ host: String) -> Bool {
    switch kind {
    case .predict(let expression): expression.paths.contains { $0.memoryHost == host }
    case .choose(let choices):
      choices.contains { choice in
        choice.condition?.paths.contains { $0.memoryHost == host } ?? false
      }
    case .point(let paths): paths.contains { $0.memoryHost == host }
    case .order(let items): items.contains { $0.pattern.looksInto(host) }
    case .next(let events): events.contains { $0.pattern.looksInto(host) }
    }
  }
}

extension BilingualNarration {
  /// The same with one more paragraph, in which brackets are no expressions.
  func followed(by note: Phrase) -> BilingualNarration {
    BilingualNarration(ko: ko.followed(by: note.ko), en: en.followed(by: note.en))
  }
}

extension Narration {
  fileprivate func followed(by note: String) -> Narration {
    let text = (source.hasSuffix("\n") ? "\n" : "\n\n") + note + "\n"
    return Narration(source: source + text, pieces: pieces + [.text(text)])
  }

  private init(source: String, pieces: [Piece]) {
    self.source = source
    self.pieces = pieces
  }
}
