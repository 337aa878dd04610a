import Simulation
import Stack

/// All that an exact replay needs, as octets: the configuration with its seed, and the inputs in order.
public enum RecordedRun {
  /// The version that this program writes and reads.
  public static let version: UInt64 = 1
  /// More inputs than this are not replayed: such a recording was not made by us.
  static let inputLimit = 50_000_000

  /// The configuration and the inputs of a run.
  public static func octets(of timeline: Timeline) -> [UInt8] {
    var writer = OctetWriter()
    writer.write(version)
    writer.write(timeline.configuration)
    writer.write(timeline.inputCount)
    var place = 0
    for entry in timeline.log.actions {
      writer.write(entry.place - place)
      writer.write(entry.action)
      place = entry.place + 1
    }
    return writer.octets
  }

  /// Throws for octets of another version.
  static func requireVersion(_ octets: [UInt8]) throws(RecordingError) {
    var reader = OctetReader(octets)
    let found = try reader.number()
    guard found == version else { throw .version(found) }
  }

  /// The same run again, made from its inputs.
  ///
  /// - Parameter momentLimit: A run of more moments is not the one that was recorded: it is not run to its end.
  /// - Throws: `RecordingError` when the octets are not those of a run.
  public static func timeline(
    from octets: [UInt8], momentLimit: Int = .max
  ) throws(RecordingError) -> Timeline {
    var reader = OctetReader(octets)
    let found = try reader.number()
    guard found == version else { throw .version(found) }
    var timeline = Timeline(try reader.configuration())
    let count = try reader.int(0...inputLimit)
    while !reader.isAtEnd {
      let steps = try reader.int(0...inputLimit)
      let action = try reader.action()
      guard steps < count - timeline.inputCount else { throw .unreadable("inputs") }
      try advance(&timeline, by: steps, momentLimit)
      timeline.perform(.act(action))
    }
    try advance(&timeline, by: count - timeline.inputCount, momentLimit)
    return timeline
  }

  private static func advance(
    _ timeline: inout Timeline, by steps: Int, _ momentLimit: Int
  ) throws(RecordingError) {
    for _ in 0..<steps {
      guard timeline.advance() else { throw .unreadable("inputs") }
      guard timeline.momentCount <= momentLimit else { throw .altered }
    }
  }
}

extension OctetWriter {
  mutating func write(_ action: WorldAction) {
    switch action {
    case .call(let host, let process, let call):
      tag(0)
      write(host)
      write(process)
      write(call)
    case .start(let program, let host, let process):
      tag(1)
      write(host)
      write(process)
      write(program)
    case .exit(let host, let process):
      tag(2)
      write(host)
      write(process)
    case .write(let host, let slot, let offset, let octets):
      tag(3)
      write(host)
      write(slot)
      write(offset)
      write(octets)
    case .fault(let fault):
      tag(4)
      write(fault)
    case .strike(let frame, let effect):
      tag(5)
      write(frame)
      write(effect)
    case .release(let frame):
      tag(6)
      write(frame)
    case .inject(let segment):
      tag(segment.isPlain ? 7 : segment.timestamps == nil ? 16 : 18)
      write(segment)
    case .wait(let span):
      tag(8)
      write(span)
    case .cut(let host):
      tag(9)
      write(host)
    case .arrive(let octets):
      tag(15)
      write(octets)
    case .mend(let host):
      tag(17)
      write(host)
    case .report, .set, .pause, .resume, .reboot: write(surrounding: action)
    }
  }

  /// What befalls a host besides calls.
  private mutating func write(surrounding action: WorldAction) {
    switch action {
    case .report(let error):
      tag(10)
      write(error)
    case .set(let host, let parameter, let value):
      tag(11)
      write(host)
      write(parameter.name)
      write(value)
    case .pause(let host, let process):
      tag(12)
      write(host)
      write(process)
    case .resume(let host, let process):
      tag(13)
      write(host)
      write(process)
    case .reboot(let host):
      tag(14)
      write(host)
    default: break
    }
  }
}

extension OctetReader {
  mutating func action() throws(RecordingError) -> WorldAction {
    switch try tag() {
    case 0: return .call(host: try host(), process: try process(), try call())
    case 1:
      let host = try host()
      let process = try process()
      return .start(try program(), host: host, process: process)
    case 2: return .exit(host: try host(), process: try process())
    case 3:
      return .write(
        host: try host(), slot: try int(0...(1 << 30)), offset: try int(0...(1 << 30)),
        octets: try list())
    case 4: return .fault(try fault())
    case 5: return .strike(frame: try unsigned(UInt32.self), try effect())
    case 6: return .release(frame: try unsigned(UInt32.self))
    case 7: return .inject(try segment())
    case 8: return .wait(try span())
    case 9: return .cut(host: try host())
    case 10: return .report(try error())
    case 11: return .set(host: try host(), try parameter(), try int())
    case 12: return .pause(host: try host(), process: try process())
    case 13: return .resume(host: try host(), process: try process())
    case 14: return .reboot(host: try host())
    case 15: return .arrive(try list())
    case 16: return .inject(try claimedSegment())
    case 17: return .mend(host: try host())
    case 18: return .inject(try stampedSegment())
    case let other: throw .unreadable("action \(other)")
    }
  }
}
