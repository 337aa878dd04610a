import Capture
import Course
import Session
import Stack
import Testing
import Wire

@testable import Screen

/// Another program's capture on the screen.
@Suite struct ObservationScreenTests {
  /// The frames of runs as another program would have captured them.
  static func observation(_ timelines: [Timeline]) -> Observation {
    var writer = PcapNGWriter()
    writer.sectionHeader(application: "other")
    writer.interface(name: "eth0")
    for timeline in timelines {
      for frame in timeline.frames where frame.wasSentByHost {
        writer.packet(frame.octets, nanoseconds: frame.sentAt.nanoseconds)
      }
    }
    return Observation(CaptureFile.parse(writer.octets))
  }

  static let two = observation([ViewGoldenTests.loss, ViewGoldenTests.datagrams])

  static func model(
    _ language: Language = .en, _ size: Size = smallScreen, connection: Int? = nil,
    _ keys: Key...
  ) -> ObservationModel {
    var model = ObservationModel(
      two, frameCount: two.frames.count, connection: connection, name: "office.pcap",
      language: language)
    _ = model.update(.resize(size))
    for key in keys { _ = model.update(.key(key)) }
    return model
  }

  @Test(arguments: [smallScreen, largeScreen], Language.allCases)
  func theScreensAreTheKeptOnes(_ size: Size, _ language: Language) throws {
    let shots: [(String, ObservationModel)] = [
      ("list", Self.model(language, size, connection: nil, .end)),
      ("ladder", Self.model(language, size, connection: 0, .end, .character(","))),
      ("header", Self.model(language, size, connection: 0, .character("]"), .character("4"))),
      ("frames", Self.model(language, size, connection: nil, .up, .character("5"))),
      ("help", Self.model(language, size, connection: nil, .character("?"))),
    ]
    for (name, model) in shots {
      let text = model.render(size).text
      let file = "capture-\(name)-\(size.width)x\(size.height)-\(language.rawValue)"
      #expect(try Golden.kept(file, new: text) == text, "\(file)")
    }
  }

  /// At every frame the picture is whole at every size, and in ASCII nothing is lost.
  @Test(arguments: [smallScreen, largeScreen, Size(width: 97, height: 31)], Language.allCases)
  func everyFrameCanBeDrawn(_ size: Size, _ language: Language) {
    for connection in [nil, 0, 1, 2] as [Int?] {
      var model = Self.model(language, size)
      model.choose(connection)
      for pane in ObservationModel.Pane.allCases {
        model.focus = pane
        model.go(to: 0)
        for place in 0..<model.count {
          model.go(to: place)
          let screen = model.render(size)
          #expect(screen.lines.allSatisfy { $0.displayWidth == size.width })
          let ascii = asciiForm(of: screen).text.unicodeScalars
          #expect(ascii.allSatisfy { $0.isASCII || $0.value >= 0xac00 })
        }
      }
    }
  }

  @Test func movingGoesByFrames() {
    var model = Self.model(.en, smallScreen, connection: 0)
    #expect(model.place == 0 && model.focus == .ladder)
    for key in [Key.character("]"), .character("."), .down, .right] { _ = model.update(.key(key)) }
    #expect(model.place == 4)
    for key in [Key.character("["), .character(","), .up, .left] { _ = model.update(.key(key)) }
    #expect(model.place == 0)
    _ = model.update(.key(.end))
    #expect(model.place == model.count - 1)
    _ = model.update(.key(.character("]")))
    #expect(model.place == model.count - 1 && model.notice != nil)
    _ = model.update(.key(.home))
    for key in [Key.character("g"), .character("3"), .enter] { _ = model.update(.key(key)) }
    #expect(model.frame?.number == 3)
    #expect(model.update(.key(.character("q"))) == .quit)
  }

  /// What is known grows with the frames; what no frame tells stays `?`.
  @Test func whatIsKnownFollowsTheFrames() {
    var model = Self.model(.en, smallScreen, connection: 0)
    model.focus = .connections
    let first = model.render(smallScreen).text
    #expect(first.contains("SYN-SENT") && first.contains("ISS      0x"))
    #expect(first.contains("IRS      ?") && first.contains("RTO      ?"))
    model.go(to: 2)
    let third = model.render(smallScreen).text
    #expect(third.contains("ESTABLISHED") && !third.contains("IRS      ?"))
    #expect(third.contains("cwnd     ?"))
  }

  /// Memory, why and everything else that has no frames is not guessed.
  @Test(arguments: ["1", "3", "6", "9", "w", "e", "u", "a", "t", " "])
  func whatACaptureHasNotIsSaid(_ key: String) throws {
    var model = Self.model()
    let before = model.render(smallScreen)
    _ = model.update(.key(.character(try #require(key.first))))
    let notice = try #require(model.notice)
    // The sentence is whole on the smallest screen.
    for text in [notice.ko, notice.en] { #expect(text.displayWidth <= smallScreen.width - 2) }
    if let view = ["6": "2", "9": "5"][key] { #expect(notice.en.hasSuffix("under \(view).")) }
    _ = model.update(.key(.character("z")))
    _ = model.update(.key(.character("z")))
    #expect(model.render(smallScreen) == before)
  }

  @Test func theHeaderSaysThatNobodyKnowsItsMemory() {
    let model = Self.model(.en, largeScreen, connection: 0, .character("4"))
    #expect(
      model.render(largeScreen).text.contains("?  of which memory it was made no frame tells"))
    #expect(model.headerView.why == nil && model.headerView.target == nil)
  }

  /// A capture without any frame, and frames that are nothing that is known.
  @Test func oddCapturesAreDrawn() {
    let odd: [[UInt8]] = [
      [], [1, 2, 3], Array(repeating: 0xff, count: 60),
      Array(repeating: 2, count: 12) + [0x81, 0x00, 0x20, 0x0c, 0x86, 0xdd] + [0x60],
      Array(repeating: 2, count: 12) + [0x81, 0x00, 0x20],
    ]
    for frames in [[], odd] {
      var writer = PcapNGWriter()
      writer.sectionHeader()
      writer.interface(name: "x")
      for frame in frames { writer.packet(frame, nanoseconds: 0) }
      let observation = Observation(CaptureFile.parse(writer.octets))
      var model = ObservationModel(
        observation, frameCount: frames.count, connection: nil, name: "odd", language: .en)
      for size in [smallScreen, largeScreen] {
        _ = model.update(.resize(size))
        for _ in 0..<3 {
          for _ in 0...frames.count {
            #expect(model.render(size).size == size)
            _ = model.update(.key(.character("]")))
          }
          _ = model.update(.key(.tab))
          _ = model.update(.key(.home))
        }
      }
    }
  }
}
