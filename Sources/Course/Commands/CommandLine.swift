import Simulation
import Stack
import Wire

/// One line of `do`, `fault` or `inject` as a teacher writes it, and what it asks for.
///
/// Values that only a run knows (the descriptor, a port) are filled in when the line is performed.
public struct CommandLine: Hashable, Sendable {
  public let text: String
  /// Line in the lesson's file, from 1; 0 when it comes from elsewhere.
  public let line: Int
  public let verb: Verb
  /// Which of the host's processes acts, from 1: `client process 2 socket tcp`.
  public let process: Int
  /// It stands under `fault`: what is wrong in its step.
  public var isFault = false

  public enum Verb: Hashable, Sendable {
    case call(host: String, CallVerb, descriptor: Int?)
    case start(host: String, ProgramVerb)
    /// The process that makes the host's calls ends.
    case exit(host: String)
    /// New content for a field of the host's newest socket.
    case write(host: String, Path, Expression, Change)
    /// Another value for one of the host's settings.
    case set(host: String, HostParameter, Int)
    /// The program makes no calls, or makes them again.
    case pause(host: String)
    case resume(host: String)
    /// The host forgets sockets, connections, neighbours and processes.
    case reboot(host: String)
    case fault(FaultVerb)
    /// Done to a frame that is on its way; nil for the newest one.
    case strike(FaultVerb.Effect, frame: Int?)
    case inject(InjectVerb)
    case report(ReportVerb)
    /// The oldest held frame of these arrives now.
    case release(FrameChoice)
    /// This held frame arrives now; nil for the oldest one.
    case releaseFrame(Int?)
    /// The cable of a host is cut, or whole again; nil for the world's first one.
    case cut(host: String?)
    case mend(host: String?)
    case wait(Nanoseconds)
  }

  /// What becomes of a field's number.
  public enum Change: Hashable, Sendable {
    case replaced
    /// `+1000`, `-1`: modulo the field's width.
    case raised, lowered
  }

  /// A socket call without its descriptor.
  public enum CallVerb: Hashable, Sendable {
    case socket(SocketKind)
    case bind(SocketAddress)
    case listen(backlog: Int)
    case accept
    case connect(SocketAddress)
    case send([UInt8])
    case sendUrgent([UInt8])
    case receive(limit: Int)
    case sendTo([UInt8], SocketAddress)
    case receiveFrom(limit: Int)
    case shutdown(ShutdownDirection)
    case close, abort
    case setOption(SocketOption)
    case atMark
  }

  public enum ProgramVerb: Hashable, Sendable {
    case webServer(port: UInt16)
    case browser(SocketAddress, path: String, HTTPVersion, Browser.Persistence?)
    /// Reads all that comes over one connection, at once.
    case reader(port: UInt16)
  }

  /// Which frames: those of a host, and of them those with these flags.
  public struct FrameChoice: Hashable, Sendable {
    public var from: String
    public var kind: Kind

    public enum Kind: Hashable, Sendable {
      case any
      case flags(TCPFlags)
      /// With data of the application.
      case data
      case arp
    }
  }

  public struct FaultVerb: Hashable, Sendable {
    public var effect: Effect
    public var frames: FrameChoice
    public var nth = 1
    public var times = 1

    public enum Effect: Hashable, Sendable {
      case drop, duplicate, hold, swap
      case delay(Nanoseconds)
      case flip(octet: Int, bit: Int, behindCheck: Bool)
      case rewrite(field: String, Expression)
    }
  }

  /// An ICMP error that no host had reason to send.
  public struct ReportVerb: Hashable, Sendable {
    public var from: String
    public var error: Error
    /// The frame with the packet that it is about.
    public var about: Path.FrameChoice

    public enum Error: String, CaseIterable, Sendable {
      case netUnreachable = "net-unreachable"
      case hostUnreachable = "host-unreachable"
      case protocolUnreachable = "protocol-unreachable"
      case portUnreachable = "port-unreachable"
      case timeExceeded = "time-exceeded"

      /// Type and code, RFC 792.
      var numbers: (type: UInt8, code: UInt8) {
        switch self {
        case .netUnreachable: (3, 0)
        case .hostUnreachable: (3, 1)
        case .protocolUnreachable: (3, 2)
        case .portUnreachable: (3, 3)
        case .timeExceeded: (11, 0)
        }
      }
    }
  }

  /// A segment that nobody sent.
  public struct InjectVerb: Hashable, Sendable {
    public var from: String
    public var flags: TCPFlags
    /// Numbers by their names: seq, ack, window, mss, srcport, dstport, tsval, tsecr, bytes of data.
    public var numbers: [Number] = []
    /// The address that it claims to come from; nil for the host's own.
    public var source: IPv4Address?
    /// So many of them, each with the next source port.
    public var times = 1
    /// Goes on the wire just before such a frame; nil: at once.
    public var before: FrameChoice?

    public struct Number: Hashable, Sendable {
      public var name: String
      public var value: Expression
    }
  }
}

/// Why a line is no command.
public struct CommandProblem: Error, Hashable, Sendable {
  public var message: String
  public var suggestion: String?
  /// The word that is wrong, for finding its place.
  public var word: String?

  public init(_ message: String, suggestion: String? = nil, word: String? = nil) {
    self.message = message
    self.suggestion = suggestion
    self.word = word
  }
}

/// The names of the socket calls as commands have them.
enum CallName {
  static let all = [
    "socket", "bind", "listen", "accept", "connect", "send", "receive", "sendto", "receivefrom",
    "shutdown", "close", "abort", "setsockopt", "sockatmark",
  ]
}
