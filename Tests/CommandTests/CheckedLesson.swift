/// A whole lesson with nothing wrong in it; mistakes are made by changing its words.
enum CheckedLesson {
  static let text = """
    lesson: L05
    section: "2.3"
    title: {ko: 시험, en: A trial}
    summary: {ko: 접속합니다., en: A connection is made.}
    minutes: 3
    needs: [L04]
    world:
      hosts: [client, server]
      link: wire
      arp: known
      profile: book
      seed: 7
      programs: {server: web-server}
      server: {mtu: 1400}
    runs:
      lost:
        title: {ko: 잃기, en: Lost}
    steps:
      - id: syn
        kind: predict
        title: {ko: 첫 조각, en: The first segment}
        ko: client가 [client.socket.state]에서 시작합니다.
        en: The client begins in [client.socket.state].
        show: [stage, memory]
        point: [client.socket.iss, segment.tcp.seq]
        ask:
          predict: frame.1.tcp.seq
          label: {ko: 번호, en: number}
          ko: 첫 번호는?
          en: The first number?
          near:
            - is: client.socket.iss + 1
              ko: 하나 많습니다.
              en: One too many.
          hints:
            - {ko: ISS를 보세요., en: Look at ISS.}
        do: [client socket tcp, "client connect 192.0.2.80:80"]
        until: {event: frame-sent, host: client, tcp.flags: SYN}
        expect:
          client.socket.state: SYN-SENT
          frame.1.tcp.dstport: 80
      - id: made
        kind: check
        ko: 접속이 됐습니다.
        en: The connection stands.
        show: [ladder]
        ask:
          choose:
            - ko: 되었다
              en: It stands.
              when: client.socket.state == ESTABLISHED
            - ko: 아니다
              en: It does not.
              when: otherwise
          ko: 접속이 되었나요?
          en: Does it stand?
        until: {host: server, rule: syn-received-established}
        expect:
          server.socket.state: ESTABLISHED
      - id: gone
        kind: break
        run: lost
        ko: 이번에는 잃습니다.
        en: This time it is lost.
        fault: drop client SYN
        do: [client socket tcp, "client connect 192.0.2.80:80"]
        until: {event: frame-lost}
        expect: {frames.lost: 1}

    """

  /// A change of words. `«` stands where the mistake is to be found; it is taken out again.
  struct Mistake: Sendable, CustomStringConvertible {
    var changes: [(String, String)]
    /// What the message says.
    var says: String
    /// The name that was meant.
    var meant: String?

    init(_ old: String, _ new: String, says: String, meant: String? = nil) {
      self.init([(old, new)], says: says, meant: meant)
    }

    init(_ changes: [(String, String)], says: String, meant: String? = nil) {
      self.changes = changes
      self.says = says
      self.meant = meant
    }

    var description: String { changes.map(\.1).joined(separator: " / ") }

    /// The changed text, and the line and the column of the mark.
    var made: (text: String, line: Int, column: Int)? {
      var text = CheckedLesson.text
      for (old, new) in changes {
        guard text.contains(old) else { return nil }
        text = text.replacing(old, with: new, maxReplacements: 1)
      }
      let parts = text.split(separator: "«", omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      let lines = parts[0].split(separator: "\n", omittingEmptySubsequences: false)
      return (parts.joined(), lines.count, (lines.last?.count ?? 0) + 1)
    }
  }

  static let mistakes: [Mistake] = names + shapes + sentences + runs

  /// A name that there is not, near one that there is.
  private static let names: [Mistake] = [
    Mistake("minutes:", "«minuts:", says: "has no “minuts”", meant: "minutes"),
    Mistake("    kind: check", "    «kinds: check", says: "has no “kinds”", meant: "kind"),
    Mistake("kind: check", "kind: «chekc", says: "“chekc” is no kind", meant: "check"),
    Mistake("[stage, memory]", "[stage, «memmory]", says: "is no view", meant: "memory"),
    Mistake("show: [ladder]", "show: «lader", says: "is no view", meant: "ladder"),
    Mistake("arp: known", "«apr: known", says: "a world has no “apr”", meant: "arp"),
    Mistake("profile: book", "profile: «bok", says: "is no profile", meant: "book"),
    Mistake("link: wire", "link: «wired", says: "is no link", meant: "wire"),
    Mistake("[client, server]", "[client, «sevrer]", says: "is no host", meant: "server"),
    Mistake("{mtu: 1400}", "{«mut: 1400}", says: "has no “mut”", meant: "mtu"),
    Mistake("[client.socket.iss,", "[«client.socket.is,", says: "is", meant: "iss"),
    Mistake("segment.tcp.seq]", "«segment.tcp.sec]", says: "tcp.sec", meant: "tcp.seq"),
    Mistake(
      "The client begins in [client", "The client begins in «[clint", says: "clint",
      meant: "client"),
    Mistake("event: frame-lost", "event: «frame-lots", says: "is no event", meant: "frame-lost"),
    Mistake(
      "rule: syn-received-est", "rule: «syn-recieved-est", says: "is no rule",
      meant: "syn-received-established"),
    Mistake(
      "until: {host: server", "until: {host: «servr", says: "is no host", meant: "server"),
    Mistake(
      "{event: frame-sent, host", "{«evnet: frame-sent, host", says: "has no “evnet”",
      meant: "event"),
    Mistake("tcp.flags: SYN}", "«tcp.flag: SYN}", says: "has no “tcp.flag”", meant: "tcp.flags"),
    Mistake("run: lost", "run: «lots", says: "is no run", meant: "lost"),
    Mistake(
      "fault: drop client", "fault: drop «cleint", says: "“cleint” is no", meant: "client"),
    Mistake("fault: drop", "fault: «dorp", says: "“dorp” is no", meant: "drop"),
    Mistake(
      "do: [client socket tcp, \"client connect 192.0.2.80:80\"]\n    until: {event: frame-sent",
      "do: [client socket tcp, \"client «conect 192.0.2.80:80\"]\n    until: {event: frame-sent",
      says: "cannot “conect”", meant: "connect"),
    Mistake(
      "client.socket.state: SYN-SENT", "«client.socket.stat: SYN-SENT", says: "stat",
      meant: "state"),
    Mistake("web-server}", "«web-sever}", says: "“web-sever” is no", meant: "web-server"),
    Mistake("hints:", "«hint:", says: "has no “hint”", meant: "hints"),
    Mistake(
      "          ko: 하나 많습니다.", "          misconception: «M2.2z\n          ko: 하나 많습니다.",
      says: "is no misconception", meant: "M2.2a"),
    Mistake("{mtu: 1400}", "{profile: «modrn}", says: "is no profile", meant: "modern"),
    Mistake(
      "predict: frame.1.tcp.seq", "next: [{ko: 가, en: a, at: {event: «fram-sent}}]",
      says: "is no event", meant: "frame-sent"),
  ]

  /// Something is missing, is there twice or has another form.
  private static let shapes: [Mistake] = [
    Mistake(
      [("- id: made", "- «id: made"), ("    en: The connection stands.\n", "")],
      says: "has no English text; add “en”"),
    Mistake("title: {ko: 시험, en: A trial}", "title: «{en: A trial}", says: "no Korean text"),
    Mistake("- id: made", "- id: «syn", says: "there is already a step “syn”"),
    Mistake("    - is: client.socket.iss + 1\n", "    - «near: 1\n", says: "has no “near”"),
    Mistake("ko: 접속이 되었나요?", "ko: 하나\n      «ko: 둘", says: "twice; the first one is in line 55"),
    Mistake("section: \"2.3\"", "section: \"2.3\"\n«lesson: L05", says: "twice"),
    Mistake("en: Lost}", "en: Lost, «ko: 또}", says: "twice; the first one is in line 17"),
    Mistake("minutes: 3", "minutes: «three", says: "a whole number from 1 to 99"),
    Mistake("mtu: 1400", "mtu: «14", says: "a whole number from 68 to 1500"),
    Mistake("lesson: L05", "lesson: «five", says: "is no lesson’s name"),
    Mistake(
      [
        ("predict: frame.1.tcp.seq", "«label: {ko: 번호, en: number}"),
        ("\n      label: {ko: 번호, en: number}\n      ko: 첫", "\n      ko: 첫"),
      ],
      says: "the question has no answer"),
    Mistake(
      [("- ko: 아니다", "- «ko: 아니다"), ("          when: otherwise\n", "")],
      says: "does not say when it is right"),
    Mistake("until: {event: frame-lost}", "until: «later", says: "or the word quiet"),
    Mistake("title: {ko: 시험, en: A trial}", "title: {ko: 시험, en: A, «trial}", says: "“trial”"),
  ]

  /// What is no YAML, no expression, no UTF-8.
  private static let sentences: [Mistake] = [
    Mistake("needs: [L04]", "needs: [L04] «x", says: "this is no YAML"),
    Mistake("predict: frame.1.tcp.seq", "predict: frame.1.tcp.seq «)", says: "should end here"),
    Mistake("predict: frame.1.tcp.seq", "predict: «80", says: "is read from the engine"),
    Mistake("client.socket.state == EST", "client.socket.state == «== EST", says: "missing"),
  ]

  /// What only a run can tell.
  private static let runs: [Mistake] = [
    Mistake(
      "until: {event: frame-lost}", "«until: {event: frame-duplicated}", says: "never reaches"),
    Mistake(
      "client.socket.state: SYN-SENT", "«client.socket.state: LISTEN", says: "not LISTEN"),
    Mistake("frame.1.tcp.dstport: 80", "«frame.1.tcp.dstport: 81", says: "is 80, not 81"),
    Mistake(
      [
        ("      choose:", "      «choose:"), ("== ESTABLISHED", "== CLOSED"),
        ("when: otherwise", "when: client.socket.state == LISTEN"),
      ],
      says: "0 answers of this question are right"),
    Mistake(
      [("      choose:", "      «choose:"), ("otherwise", "server.socket.state == ESTABLISHED")],
      says: "2 answers of this question are right"),
  ]
}
