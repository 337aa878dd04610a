import ArgumentParser
import Capture
import Course
import Foundation
import Screen
import Session

/// `sockscope replay FILE`: an own recording exactly as it was, any other capture as far as its frames tell.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Play a recording again, or look at any capture of Ethernet frames.",
    discussion: """
      A recording made by --record becomes the same run again, moment by moment. Of other pcap and pcapng files \
      the connections, their ladders and the headers of each frame are shown; what frames cannot tell is “?”, and \
      null with --json, where each frame is a line with the event frame-sent and its source as the host.

      EXAMPLES:
        sockscope replay handshake.pcapng            on the terminal
        sockscope replay handshake.pcapng --json     every moment as a line of JSON
        sockscope replay office.pcap                 its connections, on the terminal
        sockscope replay office.pcap --connection 2  the ladder of one connection
        sockscope replay office.pcap --json          every frame as a line of JSON

      EXIT STATUS:
        0 done, 1 the file is damaged, 2 no capture, or a recording that was altered
      """)

  @Argument(
    help: ArgumentHelp("A pcap or pcapng file.", valueName: "file"),
    completion: Completions.captures)
  var file: String

  @Flag(help: "Plain text, which is also the form for screen readers.")
  var print = false

  @Flag(help: "JSON Lines: one moment a line; of other captures one frame a line.")
  var json = false

  @Option(help: ArgumentHelp("Only this connection of a capture, from 1.", valueName: "n"))
  var connection: Int?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if print && json {
      throw ValidationError("--print and --json are two forms of output; choose one.")
    }
  }

  private var name: String { file.split(separator: "/").last.map(String.init) ?? file }

  func run() throws {
    let capture = CaptureFile.parse(try octets())
    if capture.format == nil { throw ReplayFailure(file, shared).noCapture(capture.faults.first) }
    let parts: [Recording.Part]
    do throws(RecordingError) {
      parts = try Recording.parts(in: capture)
    } catch .notARecording {
      // Of a file that is damaged before its first frame there is nothing to show.
      if !capture.frames.isEmpty || capture.faults.isEmpty { try showFrames(of: capture) }
      return try complain(of: capture)
    } catch {
      throw ReplayFailure(file, shared).refused(error)
    }
    try show(parts)
    try complain(of: capture)
  }

  private func octets() throws(Failure) -> [UInt8] {
    var isFolder = ObjCBool(false)
    let isThere = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
    guard isThere, !isFolder.boolValue, let data = FileManager.default.contents(atPath: file) else {
      throw ReplayFailure(file, shared).unreadable(isThere: isThere)
    }
    return Array(data)
  }

  private func show(_ parts: [Recording.Part]) throws {
    if json {
      for place in parts.indices { try Console.write(lines: Recording.lines(of: place, in: parts)) }
    } else if !print, Console.isTerminal,
      let model = ReplayModel(parts, name: name, language: shared.language)
    {
      try TerminalScreens.show(model, shared)
    } else {
      try Console.write(shared.shown(RecordingPrint.text(parts, name: name, shared.language)))
    }
  }

  private func showFrames(of capture: CaptureFile) throws {
    let problem = ReplayFailure(file, shared)
    let observation = Observation(capture)
    if observation.frames.isEmpty,
      !capture.frames.isEmpty || observation.links.contains(where: { $0 != .ethernet })
    {
      throw problem.otherLink(capture.frames.count, observation.links)
    }
    var chosen: Int?
    if let number = connection {
      guard observation.connections.indices.contains(number - 1) else {
        throw problem.noConnection(number, of: observation.connections.count)
      }
      chosen = number - 1
    }
    let count = capture.frames.count
    if json {
      try Console.write(lines: lines(of: observation, chosen))
    } else if !print, Console.isTerminal {
      let model = ObservationModel(
        observation, frameCount: count, connection: chosen, name: name, language: shared.language)
      try TerminalScreens.show(model, shared)
    } else {
      let text = ObservationPrint.text(
        observation, frameCount: count, chosen: chosen.map { observation.connections[$0] },
        name: name, shared.language)
      try Console.write(shared.shown(text))
    }
  }

  /// A line for each frame, or for each of a connection.
  private func lines(of observation: Observation, _ chosen: Int?) -> some Sequence<String> {
    let places =
      chosen.map { observation.connections[$0].frames } ?? Array(observation.frames.indices)
    return places.lazy.map { place in
      let frame = observation.frames[place]
      return JSONLine.of(frame, of: frame.connection.map { observation.connections[$0] })
    }
  }

  /// What is wrong in the file is said behind what could be read.
  private func complain(of capture: CaptureFile) throws {
    guard !capture.faults.isEmpty else { return }
    for fault in capture.faults { Console.complain("\(file): \(fault)") }
    throw ReplayFailure(file, shared).damaged(capture)
  }
}
