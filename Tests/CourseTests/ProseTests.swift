import Stack
import Testing
import Wire

@testable import Course

/// Cells on a screen: Hangul takes two.
private func cells(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
}

@Suite struct ProseTests {
  @Test func everyRuleIsToldOnce() {
    for rule in Rule.allCases {
      let rows = RuleProse.rows.filter { $0.rule == rule }
      #expect(rows.count == 1, "\(rule.id)")
      #expect(RuleProse.text(rule, .ko).hasSuffix("니다."), "\(rule.id)")
      #expect(RuleProse.text(rule, .ko) != RuleProse.text(rule, .en))
      #expect(RuleProse.text(rule, .en).hasSuffix("."), "\(rule.id)")
      #expect(RuleProse.text(rule, .en).count <= 86)
      #expect(cells(RuleProse.text(rule, .ko)) <= 86, "\(rule.id)")
    }
  }

  @Test func everyReasonLayerAndFieldIsTold() {
    for language in Language.allCases {
      let reasons = DropReason.allCases.map { DropReasonProse.text($0, language) }
      #expect(Set(reasons).count == reasons.count)
      let layers = Layer.allCases.map { LayerProse.text($0, language) }
      #expect(Set(layers).count == layers.count)
      let fields = Field.allCases.filter { $0.description.origin != .reserved }
        .map { FieldProse.text($0, language) }
      #expect(Set(fields).count == fields.count)
    }
  }

  /// The ids that lessons may name are those that headers have.
  @Test func headerFields() {
    for kind in HeaderKind.allCases {
      let format = HeaderFormat.of(kind)
      for field in format.fields + format.composites {
        #expect(HeaderFieldProse.isKnown(field.id), "\(field.id)")
        for language in Language.allCases {
          #expect(HeaderFieldProse.text(field.id, language)?.isEmpty == false)
        }
      }
    }
  }

  /// Every part of every option that a real header shows has its line.
  @Test func optionFields() throws {
    let run = LessonRunner(profile: .modern).run(try Shipped.lesson("L05.yaml"))
    var seen: Set<String> = []
    for frame in run.runs[0].timeline.frames {
      for layer in Dissection(frame: frame.octets).layers {
        let header = frame.octets.span.bytes.extracting(layer.range)
        for field in HeaderFormat.fields(in: header, layer.kind) {
          seen.insert(field.id)
          for language in Language.allCases {
            #expect(HeaderFieldProse.text(field.id, language) != nil, "\(field.id)")
          }
        }
      }
    }
    #expect(seen.contains("tcp.tsval") && seen.contains("tcp.mss.kind"))
    #expect(HeaderFieldProse.text("tcp.nonsense", .en) == nil)
  }

  @Test(arguments: Event.allCases)
  func everyEventIsALine(event: Event) {
    for layer in Layer.allCases {
      var moment = Moment(time: .zero, host: HostID(0), layer: layer, event: event)
      moment.rule = .checkSequence
      let line = EventProse.line(moment, host: "client", call: "connect()")
      #expect(line.ko.contains("니다"), "\(line)")
      #expect(line.en.count > 10 && line.en != line.ko, "\(line)")
    }
  }

  /// Hardly two events are told in the same words: those of two protocols may be, for the layer
  /// tells them apart.
  @Test func eventsAreToldApart() {
    let lines = Event.allCases.map { event in
      EventProse.line(
        Moment(time: .zero, host: HostID(0), layer: .ip, event: event, rule: .checkSequence),
        host: "client", call: "connect()")
    }
    #expect(Set(lines.map(\.en)).count >= Event.allCases.count - 6)
    #expect(Set(lines.map(\.ko)).count >= Event.allCases.count - 6)
  }

  @Test func buildingSYN() {
    var moment = Moment(
      time: .zero, host: HostID(0), layer: .tcp, event: .segmentBuilt, value: 24)
    moment.unit.transport = 6
    moment.unit.flags = [.syn]
    let line = EventProse.line(moment, host: "client")
    #expect(line.en == "client TCP builds SYN, 24 bytes")
    #expect(line.ko == "client의 TCP가 SYN을 만듭니다 · 24바이트")
  }

  @Test(arguments: [
    ("SYN", "을"), ("ACK", "를"), ("SYN+ACK", "를"), ("데이터", "를"), ("데이터그램", "을"), ("RST", "를"),
  ])
  func particles(word: String, particle: String) {
    #expect(EventProse.particle(after: word) == particle)
  }
}
