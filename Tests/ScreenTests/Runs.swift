import Session
import Simulation
import Stack
import Wire

@testable import Screen

/// Real runs that the views are tested on.
enum Run {
  static let server = SocketAddress(IPv4Address(192, 0, 2, 80), 80)

  /// Both sides up to the moment before `connect()`.
  static func listening(_ faults: [ScriptedFault] = [], arpKnown: Bool = true) -> Timeline {
    var world = WorldConfiguration.clientAndServer(seed: 7, arpKnown: arpKnown)
    world.faults = faults
    // Each arrival is answered by itself, so that the pictures show one thing at a time.
    for host in world.hosts.indices { world.hosts[host].tcp.acknowledgmentDelay = Nanoseconds(0) }
    var timeline = Timeline(world)
    timeline.perform(.call(.socket(.stream), host: .server, process: ProcessID(97)))
    timeline.perform(
      .call(
        .bind(3, SocketAddress(.any, 80)), host: .server, process: ProcessID(97)))
    timeline.perform(.call(.listen(3, backlog: 5), host: .server, process: ProcessID(97)))
    timeline.perform(.call(.socket(.stream), host: .client, process: ProcessID(412)))
    return timeline
  }

  /// The handshake; the server has not called `accept()`.
  static func connected(_ faults: [ScriptedFault] = [], arpKnown: Bool = true) -> Timeline {
    var timeline = listening(faults, arpKnown: arpKnown)
    timeline.perform(.call(.connect(3, server), host: .client, process: ProcessID(412)))
    timeline.perform(.run(.milliseconds(100)))
    return timeline
  }

  /// Five thousand octets, of which the second segment is lost, then both sides close.
  static func loss() -> Timeline {
    let match = FrameMatch(from: .client, transport: .tcp, hasData: true)
    var timeline = connected([ScriptedFault(.drop, on: match, nth: 2)])
    timeline.perform(.call(.accept(3), host: .server, process: ProcessID(97)))
    let text = (0..<4_380).map { UInt8(truncatingIfNeeded: $0 % 26 + 97) }
    timeline.perform(.call(.send(3, text), host: .client, process: ProcessID(412)))
    timeline.perform(.run(.seconds(3)))
    timeline.perform(.call(.receive(4, limit: 9_000), host: .server, process: ProcessID(97)))
    timeline.perform(.call(.close(3), host: .client, process: ProcessID(412)))
    timeline.perform(.run(.seconds(1)))
    timeline.perform(.call(.close(4), host: .server, process: ProcessID(97)))
    timeline.perform(.run(.seconds(200)))
    return timeline
  }

  /// 20,000 octets into a small buffer, of which the third segment is lost; the receiver reads late and in parts.
  static func bulk(_ profile: TCPSettings = .book, room: Int = 7_300) -> Timeline {
    var world = WorldConfiguration.clientAndServer(seed: 7, profile: profile, arpKnown: true)
    world.hosts[1].tcp.receiveBuffer = room
    let match = FrameMatch(from: .client, transport: .tcp, hasData: true)
    world.faults = [ScriptedFault(.drop, on: match, nth: 3)]
    var timeline = Timeline(world)
    timeline.perform(.call(.socket(.stream), host: .server, process: ProcessID(97)))
    timeline.perform(
      .call(.bind(3, SocketAddress(.any, 80)), host: .server, process: ProcessID(97)))
    timeline.perform(.call(.listen(3, backlog: 5), host: .server, process: ProcessID(97)))
    timeline.perform(.call(.socket(.stream), host: .client, process: ProcessID(412)))
    timeline.perform(.call(.connect(3, server), host: .client, process: ProcessID(412)))
    timeline.perform(.run(.milliseconds(100)))
    timeline.perform(.call(.accept(3), host: .server, process: ProcessID(97)))
    let text = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 % 26 + 97) }
    timeline.perform(.call(.send(3, text), host: .client, process: ProcessID(412)))
    timeline.perform(.run(.seconds(3)))
    for limit in [3_000, 4_000, 20_000, 20_000, 20_000, 20_000] {
      timeline.perform(.call(.receive(4, limit: limit), host: .server, process: ProcessID(97)))
      timeline.perform(.run(.seconds(2)))
    }
    timeline.perform(.call(.close(3), host: .client, process: ProcessID(412)))
    timeline.perform(.run(.seconds(1)))
    timeline.perform(.call(.close(4), host: .server, process: ProcessID(97)))
    timeline.perform(.run(.seconds(200)))
    return timeline
  }

  /// A question for an unknown address, a datagram each way, and one to a port that nobody has.
  static func datagrams() -> Timeline {
    var timeline = Timeline(.clientAndServer(seed: 7, arpKnown: false))
    timeline.perform(.start(.datagramEcho(port: 7), host: .server, process: ProcessID(97)))
    timeline.perform(.run(.milliseconds(1)))
    let echo = SocketAddress(server.address, 7)
    timeline.perform(.call(.socket(.datagram), host: .client, process: ProcessID(412)))
    timeline.perform(
      .call(.sendTo(3, Array("hello".utf8), echo), host: .client, process: ProcessID(412)))
    timeline.perform(.run(.milliseconds(100)))
    let nobody = SocketAddress(server.address, 9)
    timeline.perform(
      .call(.sendTo(3, Array("anyone?".utf8), nobody), host: .client, process: ProcessID(412)))
    timeline.perform(.run(.milliseconds(100)))
    return timeline
  }
}
