import CPacketdrill
import Glibc
import Stack
import Wire

/// The library's one export: fills the table that packetdrill calls.
@_cdecl("packetdrill_interface_init")
public func initializeInterface(
  _ flags: UnsafePointer<CChar>?, _ table: UnsafeMutablePointer<packetdrill_interface>?
) {
  guard let table else { return }
  let (settings, unknown) = Profile.settings(flags.map { String(cString: $0) } ?? "")
  for word in unknown {
    let known = "iw, minrto, delack, quickack, wscale, sack, timestamps, nagle and cc"
    let line = Array("so_flags: “\(word)” is not understood; known are \(known)\n".utf8)
    _ = Glibc.write(2, line, line.count)
  }
  table.pointee.userdata = Unmanaged.passRetained(StackUnderTest(settings)).toOpaque()
  table.pointee.free = { userdata in
    if let userdata { Unmanaged<StackUnderTest>.fromOpaque(userdata).release() }
  }
  fillCalls(&table.pointee)
  fillTransfers(&table.pointee)
  fillControls(&table.pointee)
  fillWire(&table.pointee)
}

/// The stack behind the user data, with nobody else inside.
private func inside<Result>(
  _ userdata: UnsafeMutableRawPointer?, _ failure: Result, _ body: (StackUnderTest) -> Result
) -> Result {
  guard let userdata else { return failure }
  let stack = Unmanaged<StackUnderTest>.fromOpaque(userdata).takeUnretainedValue()
  return stack.locked { body(stack) }
}

private func read(_ address: UnsafePointer<sockaddr>?) -> SocketAddress {
  guard let address else { return SocketAddress(.any, 0) }
  return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
    SocketAddress(
      IPv4Address(value: UInt32(bigEndian: address.pointee.sin_addr.s_addr)),
      UInt16(bigEndian: address.pointee.sin_port))
  }
}

private func write(
  _ peer: SocketAddress, _ address: UnsafeMutablePointer<sockaddr>?,
  _ length: UnsafeMutablePointer<socklen_t>?
) {
  guard let address, let length, length.pointee >= MemoryLayout<sockaddr_in>.size else { return }
  address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
    address.pointee.sin_family = sa_family_t(AF_INET)
    address.pointee.sin_port = peer.port.bigEndian
    address.pointee.sin_addr.s_addr = peer.address.value.bigEndian
  }
  length.pointee = socklen_t(MemoryLayout<sockaddr_in>.size)
}

private func fillCalls(_ table: inout packetdrill_interface) {
  table.socket = { userdata, _, type, _ in Int32(inside(userdata, -1) { $0.socket(type) }) }
  table.bind = { userdata, fd, address, _ in
    let local = read(address)
    return Int32(
      inside(userdata, -1) { stack in
        stack.adopt(local.address)
        return stack.perform(fd) { .bind($0, local) }
      })
  }
  table.listen = { userdata, fd, backlog in
    Int32(inside(userdata, -1) { $0.perform(fd) { .listen($0, backlog: Int(backlog)) } })
  }
  table.accept = { userdata, fd, address, length in
    Int32(inside(userdata, -1) { $0.accept(fd) { write($0, address, length) } })
  }
  table.connect = { userdata, fd, address, _ in
    let remote = read(address)
    return Int32(inside(userdata, -1) { $0.connect(fd, remote) })
  }
  table.close = { userdata, fd in Int32(inside(userdata, -1) { $0.close(fd) }) }
  table.shutdown = { userdata, fd, how in
    let direction: ShutdownDirection = how == 0 ? .receiving : how == 1 ? .sending : .both
    return Int32(inside(userdata, -1) { $0.perform(fd) { .shutdown($0, direction) } })
  }
}

/// Octets of memory that a caller named; nil for no memory at all.
private func octets(_ buffer: UnsafeRawPointer?, _ count: Int) -> [UInt8]? {
  guard let buffer else { return count == 0 ? [] : nil }
  return Array(UnsafeRawBufferPointer(start: buffer, count: count))
}

private func receive(
  _ userdata: UnsafeMutableRawPointer?, _ fd: Int32, _ buffer: UnsafeMutableRawPointer?,
  _ count: Int, _ flags: Int32
) -> Int {
  guard let buffer else { return StackUnderTest.fail(EFAULT) }
  return inside(userdata, -1) { stack in
    stack.receive(fd, count, flags) { octets in
      buffer.copyMemory(from: octets, byteCount: octets.count)
    }
  }
}

private func send(
  _ userdata: UnsafeMutableRawPointer?, _ fd: Int32, _ buffer: UnsafeRawPointer?, _ count: Int,
  _ flags: Int32
) -> Int {
  guard let octets = octets(buffer, count) else { return StackUnderTest.fail(EFAULT) }
  return inside(userdata, -1) { $0.send(fd, octets, flags) }
}

/// A message in parts, gathered.
private func gather(_ parts: UnsafePointer<iovec>?, _ count: Int) -> [UInt8]? {
  guard let parts else { return count == 0 ? [] : nil }
  var all: [UInt8] = []
  for part in UnsafeBufferPointer(start: parts, count: count) {
    guard let octets = octets(part.iov_base, part.iov_len) else { return nil }
    all += octets
  }
  return all
}

/// Receives into parts, one after the other.
private func scatter(
  _ userdata: UnsafeMutableRawPointer?, _ fd: Int32, _ parts: UnsafePointer<iovec>?, _ count: Int,
  _ flags: Int32
) -> Int {
  guard let parts else { return StackUnderTest.fail(EFAULT) }
  let list = UnsafeBufferPointer(start: parts, count: count)
  guard !list.contains(where: { $0.iov_base == nil && $0.iov_len > 0 }) else {
    return StackUnderTest.fail(EFAULT)
  }
  let room = list.reduce(0) { $0 + $1.iov_len }
  return inside(userdata, -1) { stack in
    stack.receive(fd, room, flags) { octets in
      var rest = octets[...]
      for part in list {
        let taken = Array(rest.prefix(part.iov_len))
        part.iov_base?.copyMemory(from: taken, byteCount: taken.count)
        rest = rest.dropFirst(taken.count)
      }
    }
  }
}

private func fillTransfers(_ table: inout packetdrill_interface) {
  table.read = { receive($0, $1, $2, $3, 0) }
  table.recv = { receive($0, $1, $2, $3, $4) }
  table.recvfrom = { userdata, fd, buffer, count, flags, _, _ in
    receive(userdata, fd, buffer, count, flags)
  }
  table.readv = { scatter($0, $1, $2, Int($3), 0) }
  table.recvmsg = { userdata, fd, message, flags in
    guard let message else { return StackUnderTest.fail(EFAULT) }
    return scatter(userdata, fd, message.pointee.msg_iov, Int(message.pointee.msg_iovlen), flags)
  }
  table.write = { send($0, $1, $2, $3, 0) }
  table.send = { send($0, $1, $2, $3, $4) }
  table.sendto = { userdata, fd, buffer, count, flags, _, _ in
    send(userdata, fd, buffer, count, flags)
  }
  table.writev = { userdata, fd, parts, count in
    guard let octets = gather(parts, Int(count)) else { return StackUnderTest.fail(EFAULT) }
    return inside(userdata, -1) { $0.send(fd, octets, 0) }
  }
  table.sendmsg = { userdata, fd, message, flags in
    guard let message,
      let octets = gather(message.pointee.msg_iov, Int(message.pointee.msg_iovlen))
    else { return StackUnderTest.fail(EFAULT) }
    return inside(userdata, -1) { $0.send(fd, octets, flags) }
  }
}

private func fillControls(_ table: inout packetdrill_interface) {
  table.fcntl = { userdata, fd, command, argument in
    Int32(inside(userdata, -1) { $0.control(fd, command, argument) })
  }
  table.ioctl = { userdata, fd, request, argument in
    Int32(inside(userdata, -1) { $0.ask(fd, request, argument) })
  }
  table.getsockopt = { userdata, fd, level, name, value, length in
    guard let value, let length, length.pointee >= 4 else {
      return Int32(StackUnderTest.fail(EFAULT))
    }
    return inside(userdata, -1) { stack in
      guard let number = stack.option(fd, level, name) else {
        return Int32(StackUnderTest.fail(EBADF))
      }
      value.storeBytes(of: number, as: Int32.self)
      length.pointee = 4
      return 0
    }
  }
  table.setsockopt = { userdata, fd, level, name, value, length in
    guard let value, length >= 4 else { return Int32(StackUnderTest.fail(EFAULT)) }
    let number = value.loadUnaligned(as: Int32.self)
    let linger = length >= 8 ? value.loadUnaligned(fromByteOffset: 4, as: Int32.self) : nil
    return Int32(inside(userdata, -1) { $0.setOption(fd, level, name, number, linger: linger) })
  }
  table.poll = { userdata, entries, count, _ in
    guard let entries else { return Int32(StackUnderTest.fail(EFAULT)) }
    return inside(userdata, -1) { stack in
      var ready: Int32 = 0
      for entry in UnsafeMutableBufferPointer(start: entries, count: Int(count)).indices {
        entries[entry].revents = stack.events(entries[entry].fd, wanted: entries[entry].events)
        if entries[entry].revents != 0 { ready += 1 }
      }
      return ready
    }
  }
  table.epoll_create = { _, _ in Int32(StackUnderTest.fail(ENOSYS)) }
  table.epoll_ctl = { _, _, _, _, _ in Int32(StackUnderTest.fail(ENOSYS)) }
  table.epoll_wait = { _, _, _, _, _ in Int32(StackUnderTest.fail(ENOSYS)) }
  table.pipe = { _, _ in Int32(StackUnderTest.fail(ENOSYS)) }
  table.splice = { _, _, _, _, _, _, _ in Int32(StackUnderTest.fail(ENOSYS)) }
}

private func fillWire(_ table: inout packetdrill_interface) {
  table.netdev_send = { userdata, packet, count in
    guard let octets = octets(packet, count) else { return -1 }
    return inside(userdata, -1) { stack in
      stack.deliver(octets)
      return 0
    }
  }
  table.netdev_receive = { userdata, buffer, count, microseconds in
    guard let buffer, let count, let microseconds else { return -1 }
    return inside(userdata, -1) { stack in
      guard let packet = stack.takePacket() else {
        count.pointee = 0
        return 0
      }
      let length = min(packet.octets.count, count.pointee)
      buffer.copyMemory(from: packet.octets, byteCount: length)
      count.pointee = length
      microseconds.pointee = Int64(packet.time.nanoseconds / 1_000)
      return 0
    }
  }
  table.usleep = { userdata, microseconds in
    inside(userdata, -1) { stack in
      stack.advance(to: stack.now + Nanoseconds(UInt64(microseconds) * 1_000))
      return 0
    }
  }
  table.gettimeofday = { userdata, time, _ in
    inside(userdata, -1) { stack in
      // Whoever asks again must see that time has passed.
      stack.advance(to: stack.now + Nanoseconds(1_000))
      time?.pointee.tv_sec = Int(stack.now.nanoseconds / 1_000_000_000)
      time?.pointee.tv_usec = Int(stack.now.nanoseconds / 1_000 % 1_000_000)
      return 0
    }
  }
}
