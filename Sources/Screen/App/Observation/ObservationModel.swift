import Course
import Session
import Simulation
import Stack

/// Another program's capture on the screen: its connections, the ladder of one, and the headers of a frame.
public struct ObservationModel: Sendable {
  let observation: Observation
  /// All frames of the file, also those that are not of Ethernet.
  let frameCount: Int
  /// The file's name.
  let name: String
  public internal(set) var language: Language
  /// The terminal's size as last told.
  var size = Size(width: 80, height: 24)

  /// The place of the connection whose frames are gone through; nil: all frames of the file.
  public internal(set) var connection: Int?
  /// The place of the frame looked at among those.
  public internal(set) var place = 0
  /// What the frames of the connection tell up to the one looked at.
  var known: ObservedConnection?

  public internal(set) var focus = Pane.connections
  var isZoomed = false
  var header = ViewState()
  var showsPlainNumbers = false
  public internal(set) var overlay: Overlay?
  var lastSearch = ""
  /// A line about why a key did nothing.
  var notice: Phrase?
  /// A scene without anything: the header view draws from it.
  private let emptyRun: Timeline
  private let emptyState: MomentState

  public enum Pane: Hashable, Sendable, CaseIterable { case connections, ladder, header }

  /// What is open over the panes and takes the keys.
  public enum Overlay: Hashable, Sendable {
    case help
    case goTo(String)
    case search(String)
  }

  /// - Parameter connection: the connection to begin with, as a place in the observation; nil: the first.
  public init(
    _ observation: Observation, frameCount: Int, connection: Int?, name: String,
    language: Language
  ) {
    self.observation = observation
    self.frameCount = frameCount
    self.name = name
    self.language = language
    emptyRun = Timeline(.clientAndServer(seed: 1))
    emptyState = emptyRun.state(at: 0)
    if connection != nil { focus = .ladder }
    choose(connection ?? (observation.connections.isEmpty ? nil : 0))
  }
}

extension ObservationModel {
  /// Frames that are gone through.
  var count: Int {
    connection.map { observation.connections[$0].frames.count } ?? observation.frames.count
  }

  /// The frame at a place among those that are gone through.
  func frame(_ place: Int) -> ObservedFrame? {
    guard (0..<count).contains(place) else { return nil }
    return observation.frames[connection.map { observation.connections[$0].frames[place] } ?? place]
  }

  /// The frame looked at.
  var frame: ObservedFrame? { frame(place) }

  var isLarge: Bool { size.width >= 120 && size.height >= 30 }
  var isTooSmall: Bool { size.width < 80 || size.height < 24 }

  var scene: Scene {
    Scene(
      timeline: emptyRun, state: emptyState, language: language,
      showsPlainNumbers: showsPlainNumbers)
  }

  /// The headers of the frame looked at.
  var headerView: HeaderView {
    let subject = frame.map { HeaderSubject(captured: $0.octets, from: HostID(side(of: $0))) }
    return HeaderView(subject, scene, header, isFocused: focus == .header)
  }

  /// Which end of its connection a frame comes from; 0 where nobody knows.
  private func side(of frame: ObservedFrame) -> Int {
    guard let connection = frame.connection, let unit = frame.unit else { return 0 }
    return observation.connections[connection].ends.firstIndex(of: unit.source) ?? 0
  }

  /// Other frames are gone through, from the first on.
  mutating func choose(_ connection: Int?) {
    self.connection = connection
    go(to: 0)
  }

  mutating func go(to place: Int) {
    self.place = min(max(0, place), max(0, count - 1))
    known = connection.map { observation.connection($0, upTo: self.place + 1) }
  }
}
