import Stack
import Wire

/// A moment as one line of JSON, with keys in a fixed order.
public enum JSONLine {
  /// Where in a course a moment lies.
  public struct Place: Hashable, Sendable {
    public var lesson: String?
    public var step: String?
    public var branch: String

    public init(lesson: String? = nil, step: String? = nil, branch: String = "main") {
      self.lesson = lesson
      self.step = step
      self.branch = branch
    }
  }

  /// The line of the moment with this number, from 1, without a line's end; nil when there is no such moment.
  public static func of(_ number: Int, in timeline: Timeline, at place: Place = Place()) -> String?
  {
    guard let moment = timeline.moment(number) else { return nil }
    var members = [
      "\"moment\":\(number)", "\"time\":\(seconds(moment.time))",
      "\"host\":\(string(hostName(moment.host, timeline)))",
      "\"layer\":\(string(moment.layer.name))", "\"event\":\(string(moment.event.name))",
      "\"rule\":\(orNull(moment.rule?.reference.description))",
      "\"changes\":[\(changes(moment, timeline))]",
    ]
    if let reason = moment.reason { members.append("\"reason\":\(string(reason.name))") }
    if let frame = frame(of: moment, timeline) {
      members.append("\"frame\":\"\(hexadecimal(frame))\"")
    }
    members.append("\"lesson\":\(orNull(place.lesson))")
    members.append("\"step\":\(orNull(place.step))")
    members.append("\"branch\":\(string(place.branch))")
    return "{" + members.joined(separator: ",") + "}"
  }

  /// The octets that cross the wire at a moment: as they were sent, or as they arrived.
  static func frame(of moment: Moment, _ timeline: Timeline) -> [UInt8]? {
    guard moment.layer == .wire, let record = timeline.frame(moment.unit.frame) else { return nil }
    switch moment.event {
    case .frameSent: return record.octets
    case .frameReceived: return record.damagedOctets ?? record.octets
    default: return nil
    }
  }

  static func hostName(_ host: HostID, _ timeline: Timeline) -> String {
    let hosts = timeline.configuration.hosts
    return hosts.indices.contains(Int(host.index)) ? hosts[Int(host.index)].name : "wire"
  }

  private static func changes(_ moment: Moment, _ timeline: Timeline) -> String {
    moment.changes.map { place in
      let change = timeline.changes[place]
      let memory = "\(hostName(change.host, timeline)).socket.\(change.socket)"
      let old = change.wasSet ? timeline.meaning(of: change, change.old) : .unset
      let new = change.isSet ? timeline.meaning(of: change, change.new) : .unset
      return "{\"memory\":\(string(memory)),\"field\":\(string(change.field.name)),"
        + "\"old\":\(value(old)),\"new\":\(value(new))}"
    }.joined(separator: ",")
  }

  private static func value(_ content: FieldContent) -> String {
    switch content {
    case .unset: "null"
    case .number(let number): "\(number)"
    case .text(let text): string(text)
    }
  }

  /// Seconds with nine decimals.
  static func seconds(_ time: Instant) -> String {
    let (whole, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    let digits = String(rest)
    return "\(whole)." + String(repeating: "0", count: 9 - digits.count) + digits
  }

  private static func orNull(_ text: String?) -> String { text.map { string($0) } ?? "null" }

  /// A JSON string (RFC 8259 §7).
  public static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        result += "\\u00" + hexadecimal([UInt8(scalar.value)])
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  static func hexadecimal(_ octets: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(octets.count * 2)
    for octet in octets {
      text.append(digits[Int(octet >> 4)])
      text.append(digits[Int(octet & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Timeline {
  /// What a raw number of a change means: the name of a state depends on the socket's transport.
  public func meaning(of change: FieldChange, _ raw: UInt64) -> FieldContent {
    var block = ControlBlock()
    let key = SocketKey(host: change.host, socket: change.socket)
    block.transport = transports[key] ?? IPProtocol.tcp.rawValue
    return block.meaning(of: change.field, raw: raw)
  }
}
