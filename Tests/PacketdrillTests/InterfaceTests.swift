import CPacketdrill
import Glibc
import Testing
import Wire

@testable import SockscopePacketdrill

/// The table that a script's player calls: a server's life through the C functions alone.
@Suite struct InterfaceTests {
  private static let local = IPv4Address(192, 168, 7, 1)
  private static let remote = IPv4Address(192, 0, 2, 1)

  private static func packet(
    _ header: TCPHeader, _ text: [UInt8] = [], to local: IPv4Address = local
  ) -> [UInt8] {
    var segment = [UInt8](repeating: 0, count: header.headerLength) + text
    header.write(into: &segment, at: 0)
    let sum = TCPHeader.checksum(of: segment.span.bytes, source: remote, destination: local)
    segment[16] = UInt8(sum >> 8)
    segment[17] = UInt8(sum & 0xff)
    var octets = [UInt8](repeating: 0, count: 20) + segment
    var ip = IPv4Header(
      totalLength: UInt16(octets.count), identification: 1, protocol: .tcp, source: remote,
      destination: local)
    ip.write(into: &octets, at: 0)
    ip.checksum = IPv4Header.checksum(of: octets.span.bytes.extracting(0..<20))
    ip.write(into: &octets, at: 0)
    return octets
  }

  /// The next packet out, and when it left in microseconds; nil when none comes.
  private static func next(
    _ table: packetdrill_interface
  ) throws -> (header: TCPHeader, text: [UInt8], time: Int64)? {
    var buffer = [UInt8](repeating: 0, count: 2000)
    var count = buffer.count
    var time: Int64 = 0
    #expect(table.netdev_receive(table.userdata, &buffer, &count, &time) == 0)
    guard count > 0 else { return nil }
    let ip = try IPv4Header(parsing: buffer.span.bytes)
    let body = Array(buffer[ip.headerLength..<Int(ip.totalLength)])
    let header = try TCPHeader(parsing: body.span.bytes)
    return (header, Array(body[header.headerLength...]), time)
  }

  private static func table(_ flags: String) -> packetdrill_interface {
    var table = packetdrill_interface()
    initializeInterface(flags, &table)
    return table
  }

  @Test func aConnectionFromSocketToClose() throws {
    let table = Self.table("iw=10,quickack,wscale=off,timestamps=off,sack=off")
    let user = table.userdata
    defer { table.free(user) }
    let fd = table.socket(user, AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #expect(fd > 2)
    #expect(table.fcntl(user, fd, F_SETFL, Int(O_RDWR | O_NONBLOCK)) == 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(8080).bigEndian
    address.sin_addr.s_addr = Self.local.value.bigEndian
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { table.bind(user, fd, $0, length) }
    }
    #expect(bound == 0 && table.listen(user, fd, 1) == 0)
    #expect(table.accept(user, fd, nil, nil) == -1 && errno == EAGAIN)

    func send(_ flags: TCPFlags, _ sequence: UInt32, _ acknowledgment: UInt32, _ text: [UInt8] = [])
    {
      let header = TCPHeader(
        sourcePort: 4000, destinationPort: 8080, sequence: SequenceNumber(sequence),
        acknowledgment: SequenceNumber(acknowledgment), flags: flags, window: 1000)
      let octets = Self.packet(header, text)
      #expect(table.netdev_send(user, octets, octets.count) == 0)
    }
    send(.syn, 100, 0)
    let answer = try #require(try Self.next(table))
    #expect(answer.header.flags == [.syn, .ack] && answer.header.acknowledgment.value == 101)
    let iss = answer.header.sequence.value
    // Nobody answers: a second later the same comes again, by the virtual clock.
    let again = try #require(try Self.next(table))
    #expect(again.header.sequence.value == iss && again.time - answer.time == 1_000_000)
    send(.ack, 101, iss &+ 1)
    let accepted = table.accept(user, fd, nil, nil)
    #expect(accepted > 2 && accepted != fd)
    send([.psh, .ack], 101, iss &+ 1, [1, 2, 3])
    #expect(try Self.next(table)?.header.acknowledgment.value == 104)
    var buffer = [UInt8](repeating: 0, count: 10)
    #expect(table.read(user, accepted, &buffer, 10) == 3 && buffer.prefix(3) == [1, 2, 3])
    #expect(table.read(user, accepted, nil, 10) == -1 && errno == EFAULT)
    #expect(table.write(user, accepted, [7, 8] as [UInt8], 2) == 2)
    #expect(try Self.next(table)?.text == [7, 8])
    #expect(table.close(user, accepted) == 0 && table.close(user, fd) == 0)
    #expect(table.close(user, fd) == -1 && errno == EBADF)
  }

  /// MSG_OOB sends with URG; what is received as urgent stays in the stream, and SIOCATMARK finds its end.
  @Test func urgentData() throws {
    let table = Self.table("iw=10,quickack,wscale=off,timestamps=off,sack=off")
    let user = table.userdata
    defer { table.free(user) }
    let fd = table.socket(user, AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(8080).bigEndian
    address.sin_addr.s_addr = Self.remote.value.bigEndian
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let opened = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { table.connect(user, fd, $0, length) }
    }
    #expect(opened == -1 && errno == EINPROGRESS)
    let syn = try #require(try Self.next(table)).header
    func send(_ flags: TCPFlags, _ sequence: UInt32, _ text: [UInt8] = [], urgent: UInt16 = 0) {
      let header = TCPHeader(
        sourcePort: 8080, destinationPort: syn.sourcePort, sequence: SequenceNumber(sequence),
        acknowledgment: syn.sequence + 1, flags: flags, window: 1000, urgentPointer: urgent)
      let octets = Self.packet(header, text, to: IPv4Address(192, 168, 0, 1))
      #expect(table.netdev_send(user, octets, octets.count) == 0)
    }
    send([.syn, .ack], 100)
    #expect(try Self.next(table)?.header.flags == .ack)
    #expect(table.send(user, fd, [7, 8] as [UInt8], 2, Int32(MSG_OOB)) == 2)
    let sent = try #require(try Self.next(table))
    #expect(sent.header.flags == [.ack, .psh, .urg] && sent.header.urgentPointer == 2)
    send([.ack, .urg], 101, [1, 2, 3, 4], urgent: 3)
    var entry = pollfd(fd: fd, events: Int16(POLLPRI), revents: 0)
    #expect(table.poll(user, &entry, 1, 0) == 1 && entry.revents == Int16(POLLPRI))
    var buffer = [UInt8](repeating: 0, count: 10)
    #expect(table.recv(user, fd, &buffer, 10, Int32(MSG_OOB)) == -1 && errno == EINVAL)
    var isAtMark: Int32 = -1
    #expect(table.ioctl(user, fd, 0x8905, &isAtMark) == 0 && isAtMark == 0)
    #expect(table.read(user, fd, &buffer, 10) == 3)
    #expect(table.ioctl(user, fd, 0x8905, &isAtMark) == 0 && isAtMark == 1)
    #expect(table.read(user, fd, &buffer, 10) == 1 && buffer.prefix(1) == [4])
    #expect(table.ioctl(user, fd, 0x8905, &isAtMark) == 0 && isAtMark == 0)
  }

  @Test func theClockMovesOn() {
    let table = Self.table("")
    defer { table.free(table.userdata) }
    var first = timeval()
    var second = timeval()
    #expect(table.gettimeofday(table.userdata, &first, nil) == 0)
    #expect(table.usleep(table.userdata, 2_500_000) == 0)
    #expect(table.gettimeofday(table.userdata, &second, nil) == 0)
    let passed = (second.tv_sec - first.tv_sec) * 1_000_000 + second.tv_usec - first.tv_usec
    #expect(passed == 2_500_001)
  }

  @Test func profiles() {
    let (tcp, unknown) = Profile.settings(
      "iw=4,minrto=300,delack=100,wscale=7,sack=off,timestamps=off,nagle=off,cc=newreno")
    #expect(unknown.isEmpty)
    #expect(tcp.initialWindowSegments == 4 && tcp.minimumTimeout == 300)
    #expect(tcp.acknowledgmentDelay == .milliseconds(100) && tcp.receiveBuffer == 65_535 << 7)
    #expect(!tcp.selectiveAcknowledgment && !tcp.timestamps && tcp.nagle == .off)
    #expect(tcp.congestionControl == .newReno)
    let (_, wrong) = Profile.settings("iw=many,delack=500,sack=perhaps,rack,cc=bbr,wscale=15")
    #expect(wrong == ["iw=many", "delack=500", "sack=perhaps", "rack", "cc=bbr", "wscale=15"])
  }
}
