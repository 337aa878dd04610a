import Glibc
import Stack

/// Socket options that scripts set and ask for.
extension StackUnderTest {
  func setOption(_ fd: Int32, _ level: Int32, _ name: Int32, _ value: Int32, linger: Int32?) -> Int
  {
    guard descriptors[fd] != nil else { return Self.fail(EBADF) }
    let option: SocketOption
    switch (level, name) {
    case (Int32(IPPROTO_TCP), TCP_NODELAY): option = .noDelay(value != 0)
    case (Int32(IPPROTO_TCP), 3): option = .noPush(value != 0)
    case (Int32(IPPROTO_TCP), 18): option = .userTimeout(UInt32(clamping: value))
    case (SOL_SOCKET, SO_KEEPALIVE): option = .keepAlive(value != 0)
    case (SOL_SOCKET, SO_LINGER): option = .abortOnClose(value != 0 && linger == 0)
    case (SOL_SOCKET, SO_REUSEADDR): option = .reuseAddress(value != 0)
    // Scripts expect what Linux does: the number is doubled, for its bookkeeping, and told so (socket(7)).
    case (SOL_SOCKET, SO_SNDBUF): option = .sendBuffer(2 * UInt32(max(value, 1)))
    case (SOL_SOCKET, SO_RCVBUF): option = .receiveBuffer(UInt32(max(value, 1)))
    default: return 0
    }
    return perform(fd) { .setOption($0, option) }
  }

  /// The option's number; nil for one that is not known.
  func option(_ fd: Int32, _ level: Int32, _ name: Int32) -> Int32? {
    guard let socket = descriptors[fd], let slot = slot(socket.number) else { return nil }
    let block = host.memory[slot]
    switch (level, name) {
    case (Int32(IPPROTO_TCP), TCP_NODELAY): return block.switches.contains(.noDelay) ? 1 : 0
    case (Int32(IPPROTO_TCP), TCP_MAXSEG):
      return block.sendMaximumSegmentSize == 0 ? 536 : Int32(block.sendMaximumSegmentSize)
    case (SOL_SOCKET, SO_KEEPALIVE): return block.switches.contains(.keepAlive) ? 1 : 0
    case (SOL_SOCKET, SO_REUSEADDR): return block.switches.contains(.reuseAddress) ? 1 : 0
    case (SOL_SOCKET, SO_OOBINLINE): return 1
    case (SOL_SOCKET, SO_SNDBUF): return Int32(clamping: block.sendBufferSize)
    case (SOL_SOCKET, SO_RCVBUF): return Int32(clamping: 2 * UInt64(block.receiveBufferSize))
    case (SOL_SOCKET, SO_ERROR): return host.takePendingError(slot)?.number ?? 0
    default: return 0
    }
  }
}
