import Course
import Session
import Simulation
import Stack
import Testing
import Wire

@testable import Screen

@Suite struct SocketsViewTests {
  static let loss = Run.loss()
  static let wide = Size(width: 78, height: 18)

  private func text(
    _ moment: Int, _ language: Language = .en, covers: Set<Cover> = [],
    _ change: (inout ViewState) -> Void = { _ in }
  ) -> String {
    ViewPicture(
      SocketsView.self, Self.loss, at: moment, Self.wide, language, covers: covers, change
    ).text
  }

  @Test func everyRecordHasARow() {
    for moment in stride(from: 0, through: Self.loss.momentCount, by: 3) {
      let scene = Self.loss.scene(at: moment)
      let rows = SocketsView(scene, ViewState(), isFocused: true).rows
      let records = scene.world.hosts.reduce(0) { $0 + $1.memory.count }
      #expect(rows.filter { !$0.isDeleted }.count == records)
    }
  }

  @Test func whatTheMomentChangedIsMarked() {
    let moment = Self.loss.moment(.ruleApplied) { $0.rule == .synReceivedEstablished }
    let shown = text(moment)
    #expect(shown.contains("*ESTABLISHED"))
    #expect(shown.contains("*SND.UNA"))
    #expect(shown.contains("No owner yet"))
    #expect(!text(moment + 1).contains("*ESTABLISHED"))
  }

  @Test func aDeletedRowStaysForItsMoment() {
    let moment = Self.loss.moment(.socketDeleted)
    #expect(text(moment, .ko).contains("*지움"))
    #expect(text(moment).contains("*deleted"))
    #expect(!text(moment + 1).contains("deleted"))
  }

  @Test func theLineOfSSIsThatOfARealHost() {
    let moment = Self.loss.moment(.ruleApplied) { $0.rule == .synReceivedEstablished }
    let client = "192.0.2.10:\(port)"
    #expect(text(moment).contains("ss -tan   ESTAB  0  0  192.0.2.80:80  \(client)"))
    let listening = text(moment) { $0.memory = MemoryReference(host: .server, socket: 3) }
    #expect(listening.contains("ss -tan   LISTEN  1  5  0.0.0.0:80  0.0.0.0:*"))
    let fresh = Self.loss.moment(.socketCreated)
    #expect(text(fresh).contains("does not list this socket"))
  }

  private var port: UInt16 {
    UnitSummary(frame: Self.loss.frames[0].octets).sourcePort
  }

  @Test func datagramSocketsAreListed() {
    let run = Run.datagrams()
    let shown = ViewPicture(SocketsView.self, run, at: run.momentCount, Self.wide).text
    #expect(shown.contains("udp    UNCONN"))
    #expect(shown.contains("ss -uan"))
  }

  @Test func theChosenRowMoves() {
    let moment = Self.loss.moment(.ruleApplied) { $0.rule == .synReceivedEstablished }
    let scene = Self.loss.scene(at: moment)
    var state = ViewState()
    #expect(SocketsView(scene, state, isFocused: true).moved(.down, size: Self.wide) == nil)
    var seen: [MemoryReference] = []
    while let next = SocketsView(scene, state, isFocused: true).moved(.up, size: Self.wide) {
      state = next
      seen += SocketsView(scene, state, isFocused: true).chosen.map { [$0.memory] } ?? []
    }
    #expect(
      seen == [
        MemoryReference(host: .server, socket: 3), MemoryReference(host: .client, socket: 3),
      ])
  }

  @Test func remarksFitTheNarrowRoom() {
    for moment in stride(from: 1, through: Self.loss.momentCount, by: 4) {
      for language in Language.allCases {
        let shown = ViewPicture(
          SocketsView.self, Self.loss, at: moment, Size(width: 51, height: 17), language)
        #expect(!shown.lines.dropLast().joined().contains("…"), "\(moment): \(shown.text)")
      }
    }
  }

  @Test func coveredValuesAreNowhere() {
    let moment = Self.loss.moment(.ruleApplied) { $0.rule == .synReceivedEstablished }
    let memory = MemoryReference(host: .server, socket: 4)
    let shown = text(
      moment, covers: [.field(memory, .state), .field(memory, .iss), .field(memory, .remotePort)])
    let iss =
      "0x"
      + (Self.loss.scene(at: moment).block(memory)?.initialSendSequence.value ?? 0)
      .hexadecimal
    #expect(!shown.contains(iss))
    #expect(!shown.contains("*ESTABLISHED"))
    #expect(!shown.contains("ss -tan   ESTAB"))
    #expect(shown.contains("192.0.2.10:?"))
    #expect(shown.contains("ISS      ?"))
  }
}
