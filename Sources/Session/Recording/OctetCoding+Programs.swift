import Simulation
import Stack

extension OctetWriter {
  mutating func write(_ program: Program) {
    switch program {
    case .browser(let browser):
      tag(browser.persistence == nil ? 0 : 5)
      write(browser)
      guard let persistence = browser.persistence else { return }
      write(persistence.requests)
      write(persistence.idle)
    case .webServer(let server):
      tag(1)
      write(server)
    case .datagramEcho(let port):
      tag(2)
      write(port)
    case .transfer(let transfer):
      let isUrgent = transfer.urgentEvery > 0 || transfer.asksForMark
      tag(isUrgent ? 6 : 3)
      write(transfer)
      guard isUrgent else { return }
      write(transfer.urgentEvery)
      write(transfer.asksForMark)
    case .script(let steps):
      tag(4)
      write(each: steps) { $0.write($1) }
    }
  }

  private mutating func write(_ browser: Browser) {
    write(browser.server)
    write(browser.hostName)
    write(browser.path)
    write(browser.version == .http11)
    write(browser.readLimit)
  }

  private mutating func write(_ server: WebServer) {
    write(server.port)
    write(server.backlog)
    write(each: server.documents) { writer, document in
      writer.write(document.path)
      writer.write(document.contentType)
      writer.write(document.body)
    }
  }

  private mutating func write(_ transfer: Transfer) {
    switch transfer.role {
    case .connect(let server):
      tag(0)
      write(server)
    case .accept(let port, let backlog):
      tag(1)
      write(port)
      write(backlog)
    }
    switch transfer.data {
    case .octets(let octets):
      tag(0)
      write(octets)
    case .pattern(let count, let seed):
      tag(1)
      write(count)
      write(seed)
    }
    write(transfer.writeLimit)
    write(transfer.readLimit)
    write(transfer.sendsFirst)
    write(transfer.keepsOctets)
  }

  private mutating func write(_ step: ScriptStep) {
    switch step {
    case .call(let call):
      tag(0)
      write(call)
    case .wait(let span):
      tag(1)
      write(span)
    case .receiveAll: tag(2)
    }
  }
}

extension OctetReader {
  mutating func program() throws(RecordingError) -> Program {
    switch try tag() {
    case 0: return .browser(try browser())
    case 1: return .webServer(try webServer())
    case 2: return .datagramEcho(port: try unsigned(UInt16.self))
    case 3: return .transfer(try transfer())
    case 4: return .script(try each { (reader) throws(RecordingError) in try reader.step() })
    case 5:
      var browser = try browser()
      browser.persistence = Browser.Persistence(
        requests: try int(1...(1 << 20)), idle: try span())
      return .browser(browser)
    case 6:
      var transfer = try transfer()
      transfer.urgentEvery = try int(0...(1 << 30))
      transfer.asksForMark = try flag()
      return .transfer(transfer)
    case let other: throw .unreadable("program \(other)")
    }
  }

  private mutating func browser() throws(RecordingError) -> Browser {
    Browser(
      server: try socketAddress(), hostName: try text(), path: try text(),
      version: try flag() ? .http11 : .http10, readLimit: try int())
  }

  private mutating func webServer() throws(RecordingError) -> WebServer {
    let port = try unsigned(UInt16.self)
    let backlog = try int()
    let documents = try each { (reader) throws(RecordingError) in
      WebDocument(
        path: try reader.text(), contentType: try reader.text(), body: try reader.list())
    }
    return WebServer(port: port, backlog: backlog, documents: documents)
  }

  private mutating func transfer() throws(RecordingError) -> Transfer {
    let role: Transfer.Role
    switch try tag() {
    case 0: role = .connect(to: try socketAddress())
    default: role = .accept(port: try unsigned(UInt16.self), backlog: try int())
    }
    let data: Payload
    switch try tag() {
    case 0: data = .octets(try list())
    default: data = .pattern(count: try int(0...(1 << 40)), seed: try number())
    }
    var transfer = Transfer(role, data: data)
    transfer.writeLimit = try int(1...(1 << 30))
    transfer.readLimit = try int(1...(1 << 30))
    transfer.sendsFirst = try flag()
    transfer.keepsOctets = try flag()
    return transfer
  }

  private mutating func step() throws(RecordingError) -> ScriptStep {
    switch try tag() {
    case 0: return .call(try call())
    case 1: return .wait(try span())
    default: return .receiveAll
    }
  }
}
