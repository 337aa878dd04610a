import Session
import Simulation
import Stack
import Wire

/// A run that is told call by call; `mark` keeps a place in it.
struct Story {
  private static let clientProcess = ProcessID(412)
  private static let serverProcess = ProcessID(731)

  private var timeline: Timeline
  private var marks: [(name: String, index: Int, host: HostID, slot: Int)] = []

  init(_ profile: TCPSettings = .book, _ change: (inout WorldConfiguration) -> Void = { _ in }) {
    var configuration = WorldConfiguration.clientAndServer(seed: 7, profile: profile)
    for host in configuration.hosts.indices {
      configuration.hosts[host].tcp.acknowledgmentDelay = Nanoseconds(0)
    }
    change(&configuration)
    timeline = Timeline(configuration)
  }

  var client: IPv4Address { timeline.configuration.hosts[0].address }
  var server: IPv4Address { timeline.configuration.hosts[1].address }

  mutating func client(_ calls: SocketCall...) {
    for call in calls {
      timeline.perform(.call(call, host: .client, process: Self.clientProcess))
    }
  }

  mutating func server(_ calls: SocketCall...) {
    for call in calls {
      timeline.perform(.call(call, host: .server, process: Self.serverProcess))
    }
  }

  mutating func act(_ action: WorldAction) { timeline.perform(.act(action)) }

  mutating func wait(_ milliseconds: UInt64) { timeline.perform(.run(.milliseconds(milliseconds))) }

  /// The record of a host's socket; sockets have numbers from 3.
  func block(_ host: HostID, _ number: Int) -> ControlBlock {
    let memory = timeline.live.hosts[Int(host.index)].memory
    return memory.slot(number: number).map { memory[$0] } ?? ControlBlock()
  }

  mutating func mark(_ name: String, _ host: HostID, _ number: Int) {
    let memory = timeline.live.hosts[Int(host.index)].memory
    guard let slot = memory.slot(number: number) else { return }
    marks.append((name, timeline.momentCount, host, slot))
  }

  /// A segment with a socket's ports and numbers, as its peer would send it.
  mutating func forge(
    to host: HostID, _ number: Int, _ flags: TCPFlags, sequence: UInt32, acknowledgment: UInt32 = 0
  ) {
    let block = block(host, number)
    act(
      .inject(
        ForgedSegment(
          from: host == .client ? .server : .client, sourcePort: block.remotePort,
          destinationPort: block.localPort, sequence: SequenceNumber(sequence),
          acknowledgment: SequenceNumber(acknowledgment), flags: flags)))
  }

  mutating func listen() {
    server(.socket(.stream), .bind(3, SocketAddress(.any, 80)), .listen(3, backlog: 2))
  }

  /// The last of the hosts waits for a connection; its address.
  mutating func listenFarAway() -> IPv4Address {
    let hosts = timeline.configuration.hosts
    let far = HostID(hosts.count - 1)
    for call in [
      SocketCall.socket(.stream), .bind(3, SocketAddress(.any, 80)), .listen(3, backlog: 2),
    ] {
      timeline.perform(.call(call, host: far, process: Self.serverProcess))
    }
    return hosts[hosts.count - 1].address
  }

  /// Sockets: 3 of the client, 3 and 4 of the server; descriptors the same.
  mutating func connect() {
    listen()
    client(.socket(.stream), .connect(3, SocketAddress(server, 80)))
    wait(100)
    server(.accept(3))
  }

  var situations: [Situation] {
    marks.map { mark in
      Situation(
        name: mark.name, timeline: timeline, index: mark.index, host: mark.host, slot: mark.slot)
    }
  }
}
