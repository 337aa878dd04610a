import Stack
import Wire

/// How the numbers of one socket went over a run: what diagrams over time are drawn from.
///
/// It is kept while the run is made, so that to look at it costs no more than what is shown.
public struct SocketHistory: Sendable {
  public enum Quantity: Int, CaseIterable, Sendable {
    /// SND.UNA and SND.NXT.
    case unacknowledged, next
    /// SND.WND, octets.
    case window
    /// cwnd and ssthresh, octets.
    case congestionWindow, threshold
    /// One measurement of the round trip, microseconds.
    case sample
    /// SRTT, microseconds, and RTO, milliseconds.
    case smoothed, timeout
    /// What the sender does about a loss; see `LossRecovery`.
    case recovery
    /// Octets that an application has read at once.
    case read
  }

  /// A number that was written.
  public struct Point: Sendable, Hashable {
    /// The number of the moment that wrote it.
    public let moment: Int
    public let time: Instant
    public let value: UInt64
  }

  public let host: HostID
  public let socket: UInt16
  /// What the socket's SYN said of it; nil while it has built none.
  public internal(set) var opening: Opening?

  /// A SYN: between which ports, and with which number.
  public struct Opening: Sendable, Hashable {
    public let port: UInt16
    public let peerPort: UInt16
    public let sequence: SequenceNumber
    /// The number of the moment that built it.
    public let moment: Int
  }

  init(host: HostID, socket: UInt16) {
    self.host = host
    self.socket = socket
  }

  private var series: [[Point]] = Array(repeating: [], count: Quantity.allCases.count)

  /// All numbers of a quantity in the order of the run.
  public subscript(quantity: Quantity) -> [Point] { series[quantity.rawValue] }

  /// The numbers written up to a moment. O(log numbers).
  public func points(_ quantity: Quantity, upTo moment: Int) -> ArraySlice<Point> {
    let all = series[quantity.rawValue]
    return all[..<all.firstPlace { $0.moment > moment }]
  }

  /// The last number written up to a moment. O(log numbers).
  public func value(_ quantity: Quantity, at moment: Int) -> UInt64? {
    points(quantity, upTo: moment).last?.value
  }

  mutating func note(_ quantity: Quantity, _ point: Point) {
    series[quantity.rawValue].append(point)
  }
}

extension SocketHistory.Quantity {
  /// The quantity that a field's content is.
  init?(_ field: Field) {
    switch field {
    case .sndUna: self = .unacknowledged
    case .sndNxt: self = .next
    case .sndWnd: self = .window
    case .cwnd: self = .congestionWindow
    case .ssthresh: self = .threshold
    case .srtt: self = .smoothed
    case .rto: self = .timeout
    case .recovery: self = .recovery
    default: return nil
    }
  }
}

extension RandomAccessCollection {
  /// The first place at which the condition holds, the end where it never does. It holds from there on.
  public func firstPlace(where holds: (Element) -> Bool) -> Index {
    var low = startIndex
    var length = count
    while length > 0 {
      let half = length / 2
      let middle = index(low, offsetBy: half)
      if holds(self[middle]) {
        length = half
      } else {
        low = index(after: middle)
        length -= half + 1
      }
    }
    return low
  }
}
