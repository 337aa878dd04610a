import Session
import Simulation
import Stack
import Wire

/// A record at a point of a run after which much is still to come.
struct Situation: Sendable {
  var name: String
  var timeline: Timeline
  var index: Int
  var host: HostID
  var slot: Int

  var block: ControlBlock {
    timeline.state(at: index).world.hosts[Int(host.index)].memory[slot]
  }
}

extension Situation {
  /// By name.
  static let all: [String: Situation] = {
    let stories =
      [life(.book, ""), life(.modern, " modern"), halfOpen, silence, lost, oldNumbers, shut]
      + [
        datagrams, delayed, small, recovering, selective, atTheEnd, timedOut, cubic, paused, narrow,
        urgent,
      ]
    return Dictionary(uniqueKeysWithValues: stories.flatMap(\.situations).map { ($0.name, $0) })
  }()

  /// From `socket()` to TIME-WAIT, data both ways.
  private static func life(_ profile: TCPSettings, _ suffix: String) -> Story {
    var story = Story(profile)
    story.listen()
    story.mark("LISTEN" + suffix, .server, 3)
    story.client(.socket(.stream))
    story.mark("CLOSED" + suffix, .client, 3)
    story.client(.connect(3, SocketAddress(story.server, 80)))
    story.wait(5)
    story.mark("SYN-SENT" + suffix, .client, 3)
    story.wait(10)
    story.mark("SYN-RECEIVED" + suffix, .server, 4)
    story.mark("half open" + suffix, .server, 3)
    story.wait(85)
    story.server(.accept(3), .send(4, [UInt8](repeating: 2, count: 4_000)))
    story.client(.send(3, [UInt8](repeating: 1, count: 4_000)))
    story.wait(2)
    story.mark("ESTABLISHED" + suffix, .client, 3)
    story.mark("accepted" + suffix, .server, 4)
    story.wait(100)
    story.server(.receive(4, limit: 9_000), .send(4, [3, 4, 5]))
    story.client(.receive(3, limit: 9_000), .send(3, [UInt8](repeating: 1, count: 2_000)))
    story.wait(50)
    story.client(.receive(3, limit: 9_000), .shutdown(3, .sending))
    story.wait(5)
    story.mark("FIN-WAIT-1" + suffix, .client, 3)
    story.wait(40)
    story.mark("FIN-WAIT-2" + suffix, .client, 3)
    story.mark("CLOSE-WAIT" + suffix, .server, 4)
    story.server(.receive(4, limit: 9_000), .send(4, [6]), .close(4))
    story.wait(5)
    story.mark("LAST-ACK" + suffix, .server, 4)
    story.wait(50)
    story.mark("TIME-WAIT" + suffix, .client, 3)
    story.client(.receive(3, limit: 9_000), .close(3))
    story.wait(2_000)
    return story
  }

  /// The ACK of a handshake is lost; the SYN comes again, then a RST.
  private static var halfOpen: Story {
    var story = Story {
      $0.faults = [
        ScriptedFault(.drop, on: FrameMatch(from: .client, transport: .tcp, flags: .ack), count: 9)
      ]
    }
    story.listen()
    story.client(.socket(.stream), .connect(3, SocketAddress(story.server, 80)))
    story.wait(50)
    story.mark("SYN again", .server, 4)
    let first = story.block(.server, 4).initialReceiveSequence.value
    story.forge(to: .server, 4, .syn, sequence: first)
    story.wait(50)
    story.forge(to: .server, 4, .rst, sequence: first &+ 1)
    story.wait(1_000)
    return story
  }

  /// Nobody answers, for good.
  private static var silence: Story {
    var story = Story()
    story.act(.cut(host: .client))
    story.client(.socket(.stream), .connect(3, SocketAddress(story.server, 80)))
    story.wait(8_000)
    story.mark("silence", .client, 3)
    story.wait(300_000)
    return story
  }

  /// The cable is cut under a connection that has something to send.
  private static var lost: Story {
    var story = Story()
    story.connect()
    story.act(.cut(host: .client))
    story.client(.send(3, [UInt8](repeating: 1, count: 500)))
    story.wait(8_000)
    story.mark("retransmitting", .client, 3)
    story.wait(400_000)
    return story
  }

  /// An acknowledgment that came long ago comes again.
  private static var oldNumbers: Story {
    var story = Story()
    story.connect()
    story.mark("idle", .client, 3)
    story.client(.send(3, [UInt8](repeating: 1, count: 3_000)))
    story.wait(200)
    story.mark("old ACK", .client, 3)
    let block = story.block(.client, 3)
    story.forge(
      to: .client, 3, .ack, sequence: block.receiveNext.value,
      acknowledgment: block.sendUnacknowledged.value &- 2_000)
    story.wait(200)
    return story
  }

  /// The server does not read until its window is shut for a while.
  private static var shut: Story {
    var story = Story { $0.hosts[1].tcp.receiveBuffer = 3_000 }
    story.connect()
    story.client(.send(3, [UInt8](repeating: 1, count: 10_000)))
    story.wait(3_000)
    story.mark("window shut", .client, 3)
    story.mark("buffer full", .server, 4)
    // Long enough for the next probe.
    story.wait(2_000)
    for _ in 0..<4 {
      story.server(.receive(4, limit: 9_000))
      story.wait(500)
    }
    return story
  }

  /// The server does not read; the client has told it of urgent data that still has to wait.
  private static var urgent: Story {
    var story = Story { $0.hosts[1].tcp.receiveBuffer = 3_000 }
    story.connect()
    story.client(.send(3, [UInt8](repeating: 1, count: 4_000)), .sendUrgent(3, [2, 3]))
    story.wait(3_000)
    story.mark("urgent sender", .client, 3)
    story.mark("urgent receiver", .server, 4)
    story.wait(2_000)
    for _ in 0..<4 {
      story.server(.receive(4, limit: 9_000), .atMark(4))
      story.wait(500)
    }
    return story
  }

  /// An acknowledgment waits for company.
  private static var delayed: Story {
    var story = Story { $0.hosts[1].tcp.acknowledgmentDelay = .milliseconds(200) }
    story.connect()
    story.client(.send(3, [1, 2, 3]))
    story.wait(50)
    story.mark("ACK waits", .server, 4)
    story.wait(1_000)
    return story
  }

  /// A small segment waits for the acknowledgment of another.
  private static var small: Story {
    var story = Story { $0.hosts[0].tcp.nagle = .modified }
    story.connect()
    story.client(.send(3, [1, 2, 3]))
    story.wait(1)
    story.mark("small sent", .client, 3)
    story.client(.send(3, [4, 5]))
    story.mark("small waits", .client, 3)
    story.wait(1_000)
    return story
  }

  /// Segments of a sender with a congestion window are lost.
  private static func lossy(
    _ control: CongestionControl, sack: Bool = false, losing count: Int = 1,
    _ tell: (inout Story) -> Void
  ) -> Story {
    var story = Story {
      for host in 0...1 {
        $0.hosts[host].tcp.congestionControl = control
        $0.hosts[host].tcp.selectiveAcknowledgment = sack
      }
      $0.links[0].bitRate = 100_000_000
      $0.faults = [
        ScriptedFault(.drop, on: FrameMatch(from: .client, hasData: true), nth: 3, count: count)
      ]
    }
    story.connect()
    story.client(.send(3, [UInt8](repeating: 1, count: 60_000)))
    tell(&story)
    return story
  }

  private static var recovering: Story {
    lossy(.newReno) { story in
      story.wait(5)
      story.mark("slow start", .client, 3)
      story.wait(20)
      story.mark("recovering", .client, 3)
      story.wait(30)
      story.mark("recovered", .client, 3)
      story.wait(500)
    }
  }

  private static var selective: Story {
    lossy(.newReno, sack: true, losing: 2) { story in
      story.wait(21)
      story.mark("recovering by SACK", .client, 3)
      story.wait(1_000)
    }
  }

  /// The end of the data is lost, too: nothing that comes later tells of it.
  private static var atTheEnd: Story {
    var story = Story {
      for host in 0...1 {
        $0.hosts[host].tcp.congestionControl = .newReno
        $0.hosts[host].tcp.selectiveAcknowledgment = true
      }
      $0.links[0].bitRate = 100_000_000
      let text = FrameMatch(from: .client, hasData: true)
      $0.faults = [
        ScriptedFault(.drop, on: text, nth: 3), ScriptedFault(.drop, on: text, nth: 9, count: 2),
      ]
    }
    story.connect()
    story.client(.send(3, [UInt8](repeating: 1, count: 14_600)))
    story.wait(30)
    story.mark("recovering at the end", .client, 3)
    story.wait(1_000)
    return story
  }

  /// Everything in flight is lost, so only the timer tells.
  private static var timedOut: Story {
    lossy(.newReno, losing: 8) { story in
      story.wait(1_110)
      story.mark("after a timeout", .client, 3)
      story.wait(3_000)
    }
  }

  private static var cubic: Story {
    lossy(.cubic) { story in
      story.wait(75)
      story.mark("cubic", .client, 3)
      for _ in 0..<6 {
        story.server(.receive(4, limit: 60_000))
        story.client(.send(3, [UInt8](repeating: 1, count: 20_000)))
        story.wait(30)
      }
    }
  }

  /// A long pause after much was sent.
  private static var paused: Story {
    lossy(.newReno, losing: 0) { story in
      for _ in 0..<4 {
        story.wait(100)
        story.server(.receive(4, limit: 60_000))
        story.client(.send(3, [UInt8](repeating: 1, count: 60_000)))
      }
      story.wait(5_000)
      story.server(.receive(4, limit: 60_000))
      story.wait(100)
      story.mark("pause", .client, 3)
      story.client(.send(3, [UInt8](repeating: 1, count: 60_000)))
      story.wait(500)
    }
  }

  /// A link behind the router is narrow; what was found of it grows old.
  private static var narrow: Story {
    var story = Story {
      $0 = .sample([.client, .router, .far], seed: 7)
      for host in $0.hosts.indices {
        $0.hosts[host].tcp.acknowledgmentDelay = Nanoseconds(0)
        if $0.hosts[host].forwards { $0.hosts[host].set(.farMTU, to: 576) }
      }
    }
    let address = story.listenFarAway()
    story.client(.socket(.stream), .connect(3, SocketAddress(address, 80)))
    story.wait(1_000)
    story.client(.send(3, [UInt8](repeating: 1, count: 1_000)))
    story.wait(1_000)
    story.mark("narrow path", .client, 3)
    story.wait(600_000)
    story.client(.send(3, [UInt8](repeating: 1, count: 1_000)))
    story.wait(1_000)
    return story
  }

  private static var datagrams: Story {
    var story = Story()
    let echo = SocketAddress(story.server, 7)
    story.server(.socket(.datagram), .bind(3, echo))
    story.client(.socket(.datagram), .connect(3, echo))
    story.client(.send(3, [1, 2]))
    story.wait(1)
    story.mark("UDP client", .client, 3)
    story.mark("UDP server", .server, 3)
    story.wait(50)
    story.server(
      .receiveFrom(3, limit: 99),
      .sendTo(3, [3], SocketAddress(story.client, story.block(.client, 3).localPort)))
    story.wait(50)
    story.client(.receive(3, limit: 99), .send(3, [4]), .close(3))
    story.wait(50)
    story.server(.receiveFrom(3, limit: 99), .close(3))
    story.wait(50)
    return story
  }
}
