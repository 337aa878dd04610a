import Stack
import Testing

@testable import Course

/// What paths say at moments of L05's main run.
@Suite struct MomentReadingTests {
  private let run: LessonRun
  private let context: PathContext

  init() throws {
    run = LessonRunner().run(try Shipped.lesson("L05.yaml"))
    context = PathContext(hosts: run.lesson.world.hosts)
  }

  private func moment(_ event: Event, _ nth: Int = 1) throws -> Int {
    var count = 0
    let index = run.runs[0].timeline.moments.firstIndex {
      if $0.event == event { count += 1 }
      return count == nth
    }
    return try #require(index) + 1
  }

  private func value(_ path: String, at moment: Int) throws -> Value {
    MomentReading(run.runs[0].timeline, at: moment).value(of: try Path(path, in: context))
  }

  /// A header's fields have values from the moment that the header is built.
  @Test func headersGrowOnTheWayDown() throws {
    let built = try moment(.segmentBuilt)
    #expect(try value("segment.tcp.flags", at: built) == .name("SYN"))
    #expect(try value("segment.tcp.mss", at: built) == .number(1460))
    #expect(try value("segment.tcp.ack", at: built) == .unset)
    #expect(try value("segment.ip.src", at: built) == .unset)
    #expect(try value("segment.ethernet.type", at: built) == .unset)
    let packet = try moment(.packetBuilt)
    #expect(try value("packet.ip.src", at: packet) == .name("192.0.2.10"))
    #expect(try value("packet.ip.protocol", at: packet) == .number(6))
    #expect(try value("packet.ethernet.type", at: packet) == .unset)
    let frame = try moment(.frameBuilt)
    #expect(try value("packet.ethernet.type", at: frame) == .number(0x800))
    #expect(try value("packet.ethernet.dst", at: frame) == .name("02:00:00:00:00:50"))
    #expect(try value("packet.udp.length", at: frame) == .unset)
    #expect(try value("packet.arp.op", at: frame) == .unset)
    let received = try moment(.segmentReceived)
    #expect(try value("segment.tcp.seq", at: received) == value("frame.1.tcp.seq", at: received))
    #expect(try value("segment.ip.dst", at: received) == .name("192.0.2.80"))
  }

  @Test func framesComeIntoBeing() throws {
    let sent = try moment(.frameSent)
    #expect(try value("frames.count", at: sent - 1) == .number(0))
    #expect(try value("frame.1.tcp.seq", at: sent - 1) == .unset)
    #expect(try value("frame.last.from", at: sent - 1) == .unset)
    #expect(try value("frames.count", at: sent) == .number(1))
    #expect(try value("frame.1.length", at: sent) == .number(60))
    #expect(try value("frame.1.payload", at: sent) == .number(0))
    #expect(try value("frame.last.from", at: sent) == .name("client"))
    #expect(try value("frame.1.to", at: sent) == .name("server"))
    #expect(try value("frame.1.fate", at: sent) == .name("in-flight"))
    #expect(try value("frame.1.received-at", at: sent) == .unset)
    let received = try moment(.frameReceived)
    #expect(try value("frame.1.fate", at: received) == .name("delivered"))
    #expect(try value("frame.1.received-at", at: received) == .duration(10_057_600))
    #expect(try value("time", at: received) == .duration(10_057_600))
  }

  @Test func callsAndHosts() throws {
    let created = try moment(.socketCreated, 2)
    #expect(try value("client.call.name", at: created) == .name("socket"))
    #expect(try value("client.call.result", at: created) == .unset)
    #expect(try value("client.call.error", at: created) == .unset)
    #expect(try value("client.call.result", at: created + 1) == .number(3))
    #expect(try value("client.call.error", at: created + 1) == .name("none"))
    #expect(try value("client.mtu", at: 0) == .number(1500))
    #expect(try value("server.address", at: 0) == .name("192.0.2.80"))
    #expect(try value("client.mac", at: 0) == .name("02:00:00:00:00:0a"))
    #expect(try value("client.call.name", at: 0) == .unset)
  }

  @Test func whichSocket() throws {
    let end = run.runs[0].timeline.momentCount
    #expect(try value("server.sockets.count", at: end) == .number(2))
    #expect(try value("server.socket.number", at: end) == .number(4))
    #expect(try value("server.listener.number", at: end) == .number(3))
    #expect(try value("server.socket.3.state", at: end) == .name("LISTEN"))
    #expect(try value("server.socket.9.state", at: end) == .unset)
    #expect(try value("client.listener.state", at: end) == .unset)
    #expect(try value("client.socket.rto", at: end) == .duration(1_000_000_000))
  }

  /// The value at a path is that of the slot's own octets.
  @Test func valuesAreTheMemorys() throws {
    let timeline = run.runs[0].timeline
    for index in stride(from: 0, through: timeline.momentCount, by: 5) {
      let reading = MomentReading(timeline, at: index)
      let memory = reading.state.world.hosts[0].memory
      for slot in memory.used {
        for field in Field.allCases {
          let path = Path(
            .socket(host: "client", .number(Int(memory[slot].number)), field))
          #expect(reading.value(of: path) == Value(memory[slot], field))
        }
      }
    }
  }
}
