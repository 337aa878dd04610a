import Course
import Session
import Stack
import Wire

/// What the learner has chosen in a view, and how far it is scrolled: kept by the model, one for each view.
public struct ViewState: Hashable, Sendable {
  public var selection: Selection?
  public var scroll = 0
  /// The record that Memory and Sockets show; nil follows the work.
  public var memory: MemoryReference?
  /// The fields that the step points at, the most telling first: Memory opens on them while nothing is chosen.
  public var pointed: [Field] = []
  /// The header field that it points at.
  public var pointedHeader: String?
  /// The frame that Header shows; nil follows the unit in hand or the last frame.
  public var frame: UInt32?
  /// The header that Header shows.
  public var header: HeaderChoice = .tcp
  /// The connection and direction that Buffers and Plot show; nil follows the work.
  public var stream: StreamChoice?
  /// Steps from a view's own scale: finer above 0.
  public var zoom = 0
  /// The curve that Plot shows.
  public var curve = PlotCurve.sequence
  /// Buffers shows both directions as number lines.
  public var showsNumberLines = false

  /// - Parameter figure: What of the chapter the views are to show.
  public init(figure: Figure? = nil) {
    switch figure {
    case .mtuAndMSS: header = .sizes
    case .sequenceAndACK: showsNumberLines = true
    default: break
    }
  }
}

/// The headers of a frame, what follows them, and how long all of it is.
public enum HeaderChoice: Hashable, Sendable, CaseIterable {
  case ethernet, network, tcp, data, sizes

  /// The header that has a field.
  init(havingField id: String) {
    switch id.prefix(while: { $0 != "." }) {
    case "ethernet": self = .ethernet
    case "ip", "arp": self = .network
    default: self = .tcp
    }
  }
}

/// One thing chosen in a view.
public enum Selection: Hashable, Sendable {
  case field(MemoryReference, Field)
  case headerField(id: String)
  /// A line of a list: a frame of the ladder, a record of the sockets.
  case row(Int)
  /// A floor of a host.
  case floor(HostID, Layer)
  /// An octet of a stream, by its number.
  case octet(SequenceNumber)
}

/// A movement inside a view.
public enum Motion: Hashable, Sendable { case up, down, left, right, pageUp, pageDown }

/// What `w` explains.
public enum WhySubject: Hashable, Sendable {
  case field(MemoryReference, Field)
  /// A moment itself: the rule that made it.
  case moment(Int)
}

/// A view of a scene: pure, made anew for each picture.
public protocol PaneView {
  init(_ scene: Scene, _ state: ViewState, isFocused: Bool)

  /// Behind the view's name in its title rule: `client socket 3 · 0x2000`.
  var subtitle: String { get }
  /// As much of it as a small window needs, where one view stands for several: `client socket 3`.
  var owner: String { get }
  /// At the right of the title rule, before the view's key.
  var facts: [StyledText] { get }
  /// The same for a view that has something to say of its scale at a width.
  func facts(width: Int) -> [StyledText]
  /// A word or number behind the view's name where it is folded: how many values changed.
  var badge: String? { get }
  /// What `w` explains at present.
  var why: WhySubject? { get }
  /// The moment that `enter` goes to.
  var target: Int? { get }
  /// The state after a movement; nil when nothing moves that way.
  func moved(_ motion: Motion, size: Size) -> ViewState?
  /// The state after a step to a finer scale (1) or a coarser one (-1); nil when there is none.
  func scaled(_ step: Int, size: Size) -> ViewState?
  /// The state after a search for a field's or header field's name.
  func found(_ text: String) -> ViewState?
  /// Draws the inside, without the title rule.
  func draw(on canvas: inout Canvas)
}

extension PaneView {
  public var owner: String { "" }
  public func facts(width: Int) -> [StyledText] { facts }
  public var badge: String? { nil }
  public var why: WhySubject? { nil }
  public var target: Int? { nil }
  public func scaled(_ step: Int, size: Size) -> ViewState? { nil }
  public func found(_ text: String) -> ViewState? { nil }
}
