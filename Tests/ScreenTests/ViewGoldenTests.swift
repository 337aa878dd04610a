import Course
import Session
import Stack
import Testing
import Wire

@testable import Screen

/// Pictures of the views at the sizes that screens give them, in both languages.
@Suite struct ViewGoldenTests {
  static let loss = Run.loss()
  static let datagrams = Run.datagrams()
  static let bulk = Run.bulk()
  static let modern = Run.bulk(.modern, room: 14_600)

  struct Shot: CustomTestStringConvertible, Sendable {
    let name: String
    let draw: @Sendable (Size, Language) -> ViewPicture
    var testDescription: String { name }
  }

  private static func shot<View: PaneView & SendableMetatype>(
    _ name: String, _ view: View.Type, _ timeline: Timeline, _ moment: Int,
    _ change: @escaping @Sendable (inout ViewState) -> Void = { _ in }
  ) -> Shot {
    Shot(name: name) { size, language in
      ViewPicture(View.self, timeline, at: moment, size, language, change)
    }
  }

  static let shots: [Shot] = [
    shot(
      "sockets-established", SocketsView.self, loss,
      loss.moment(.ruleApplied) { $0.rule == .synReceivedEstablished }),
    shot("sockets-deleted", SocketsView.self, loss, loss.moment(.socketDeleted)),
    shot("sockets-udp", SocketsView.self, datagrams, datagrams.momentCount),
    shot("header-syn-built", HeaderView.self, loss, loss.moment(.segmentBuilt)),
    shot("header-syn-ack", HeaderView.self, loss, loss.moment(.frameReceived, nth: 2)) {
      $0.selection = .headerField(id: "tcp.ack")
    },
    shot("header-ip", HeaderView.self, loss, loss.moment(.frameReceived, nth: 2)) {
      $0.header = .network
    },
    shot("header-ethernet", HeaderView.self, loss, loss.moment(.frameReceived, nth: 2)) {
      $0.header = .ethernet
    },
    shot("header-data", HeaderView.self, loss, loss.moment(.frameReceived, nth: 4)) {
      $0.header = .data
    },
    shot("header-arp", HeaderView.self, datagrams, datagrams.moment(.frameSent)) {
      $0.header = .network
    },
    shot("header-udp", HeaderView.self, datagrams, datagrams.moment(.frameReceived, nth: 3)),
    shot("header-icmp", HeaderView.self, datagrams, datagrams.momentCount),
    shot("ladder-handshake", LadderView.self, loss, loss.moment(.frameReceived, nth: 3) + 7),
    shot("ladder-loss", LadderView.self, loss, loss.moment(.frameReceived, nth: 9) + 7),
    shot("ladder-close", LadderView.self, loss, loss.momentCount),
    shot(
      "buffers-island", BuffersView.self, bulk,
      bulk.moment(.dataArrived) { $0.rule == .textHeld }),
    shot(
      "buffers-shut", BuffersView.self, bulk,
      bulk.moment(.ruleApplied) { $0.rule == .windowUpdate && $0.unit.window == 0 }),
    shot(
      "buffers-fast", BuffersView.self, modern,
      modern.moment(.segmentRetransmitted) { $0.rule == .fastRetransmit }),
    shot("buffers-read", BuffersView.self, bulk, bulk.moment(.dataRead, nth: 2)),
    shot("buffers-lines", BuffersView.self, bulk, bulk.moment(.dataArrived, nth: 2)) {
      $0.showsNumberLines = true
    },
    shot("header-sizes", HeaderView.self, modern, modern.moment(.dataArrived)) {
      $0.header = .sizes
    },
    shot(
      "ladder-marks", LadderView.self, modern,
      modern.moment(.segmentRetransmitted) { $0.rule == .fastRetransmit } + 30),
    shot("ladder-time-wait", LadderView.self, bulk, bulk.momentCount - 4),
    shot("plot-sequence", PlotView.self, bulk, bulk.momentCount),
    shot("plot-early", PlotView.self, modern, modern.moment(.dataRead)),
    shot("plot-congestion", PlotView.self, modern, modern.momentCount) { $0.curve = .congestion },
    shot("plot-round-trip", PlotView.self, modern, modern.momentCount) { $0.curve = .roundTrip },
    shot("ladder-udp", LadderView.self, datagrams, datagrams.momentCount),
  ]

  static let sizes = [
    Size(width: 51, height: 17), Size(width: 78, height: 18), Size(width: 82, height: 24),
  ]

  @Test(arguments: shots, sizes)
  func pictureIsTheKeptOne(_ shot: Shot, _ size: Size) throws {
    for language in Language.allCases {
      let picture = shot.draw(size, language)
      let name = "\(shot.name)-\(size.width)x\(size.height)-\(language.rawValue)"
      // How many moments there are is the engine's affair.
      let title = picture.title.replacing(/\d+\/\d+/, with: "n/m")
      let text = title + "\n" + picture.text
      #expect(try Golden.kept(name, new: text) == text, "\(name)")
    }
  }
}
