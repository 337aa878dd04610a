import Course
import Session
import Stack
import Testing

@testable import Screen

/// What the Memory view shows is the memory: its octets are read off the screen and compared.
@Suite struct MemoryScreenTests {
  @Test(arguments: Lessons.names, [Size(width: 80, height: 24), Size(width: 120, height: 40)])
  func theScreenShowsTheSlot(_ name: String, _ size: Size) throws {
    var model = try Lessons.solved(name, .en, size)
    var compared = 0
    for place in model.spread(60) {
      model.go(place)
      let scene = model.scene
      guard let memory = scene.recordAtWork, let block = scene.block(memory) else { continue }
      for page in 0..<8 {
        var state = ViewState()
        state.memory = memory
        let field = MemoryView.order[min(page * 6, MemoryView.order.count - 1)]
        state.selection = .field(memory, field)
        let room = size.width < 120 ? Size(width: 51, height: 18) : Size(width: 82, height: 20)
        var canvas = Canvas(room)
        MemoryView(scene, state, isFocused: true).draw(on: &canvas)
        for (offset, octets) in shownOctets(canvas.grid.lines.dropLast(2)) {
          #expect(Array(block.octets[offset..<(offset + octets.count)]) == octets)
          compared += octets.count
        }
      }
    }
    #expect(compared > 2_000)
  }

  /// Octets on the screen with the offset that stands before them: runs of `xx` after `00oo`.
  private func shownOctets(_ lines: some Sequence<String>) -> [(Int, [UInt8])] {
    lines.compactMap { line in
      var words = line.split { " ‹›[]*".contains($0) }.map(String.init)
      // An offset stands at the edge; numbers of four digits elsewhere are values.
      guard line.prefix(while: { $0 == " " }).count <= 2, let first = words.first,
        first.count == 4, let offset = Int(first, radix: 16)
      else { return nil }
      words.removeFirst()
      // In a list the value follows the octets: no more of them than the field has.
      var most = 16
      if let name = words.first, let field = Field(name: name) {
        most = field.description.width
        words.removeFirst()
      }
      var octets: [UInt8] = []
      for word in words.prefix(most) {
        guard word.count == 2, let octet = UInt8(word, radix: 16) else { break }
        octets.append(octet)
      }
      return (offset, octets)
    }
  }

  @Test func theGroupsCoverTheBlock() {
    var covered = [Int](repeating: 0, count: ControlBlock.size)
    for group in MemoryGroup.all {
      for octet in group.offset..<(group.offset + group.width) { covered[octet] += 1 }
    }
    #expect(covered.allSatisfy { $0 == 1 })
  }

  @Test func whyNamesTheMomentAndTheRule() throws {
    var model = try Lessons.solved("L05", .en, largeScreen)
    let syn = try #require(
      model.timeline.moments.firstIndex { $0.event == .segmentBuilt && $0.unit.flags == .syn })
    model.goToMoment(syn + 1)
    model.press(.character("3"), .character("/"))
    model.type("snd.nxt")
    model.press(.enter, .character("w"))
    let text = model.screen.text
    #expect(text.contains("Why · snd.nxt"))
    #expect(text.contains("RFC 9293 §3.10.1"))
    #expect(text.contains("moment \(syn + 1)"))
  }
}
