// A program on the screen for the tests of the terminal: shows what it was told and does on
// request what a program should not do.
import Glibc
import Screen
import Terminal

struct Probe {
  var keys: [String] = []
  var elapsed = 0
  var ticks = 0
  var wantsTicks = false
  var size = Size(width: 0, height: 0)
  var resumes = 0
  var picture: CellGrid?
}

func update(_ probe: inout Probe, _ input: Input) -> Effect {
  switch input {
  case .resize(let size):
    probe.size = size
    return .redraw
  case .tick(let elapsed):
    probe.ticks += 1
    probe.elapsed += elapsed
    return .redraw
  case .key(let key):
    probe.keys.append(name(of: key))
    return act(on: key, &probe)
  }
}

func name(of key: Key) -> String {
  if case .mouse(let event) = key { return "\(event.action) \(event.x),\(event.y)" }
  return "\(key)"
}

func act(on key: Key, _ probe: inout Probe) -> Effect {
  switch key {
  case .character("q"): return .quit
  case .character("z"): return .suspend
  case .character("i"): probe.wantsTicks.toggle()
  case .character("e"): complain("the probe complains")
  case .character("x"): exit(3)
  case .character("H"): hang()
  case .character("T"): fatalError("the probe was asked to trap")
  case .character("I"): probe.keys = [probe.keys[probe.keys.count + 7]]
  case .character("A"): abort()
  case .character("S"): recurse(0)
  case .resume: probe.resumes += 1
  default: break
  }
  return .redraw
}

/// Says so in the title and comes back to nobody.
func hang() -> Never {
  _ = "\u{1b}]2;hanging\u{7}".withCString { write(STDOUT_FILENO, $0, strlen($0)) }
  while true { pause() }
}

func complain(_ text: String) {
  _ = (text + "\n").withCString { write(STDERR_FILENO, $0, strlen($0)) }
}

/// Runs out of stack.
@inline(never) func recurse(_ depth: Int) {
  var room = [depth, depth + 1]
  withUnsafeMutablePointer(to: &room) { pointer in
    recurse(pointer.pointee[1])
    pointer.pointee[0] = 1
  }
}

func render(_ probe: Probe, _ size: Size) -> CellGrid {
  if let picture = probe.picture, probe.keys.isEmpty { return picture }
  var canvas = Canvas(size)
  canvas.titleRule(TitleRule("탐침", facts: "한글", isFocused: true), at: 0, 0, width: size.width)
  canvas.text("size \(size.width)x\(size.height)", at: 2, 1)
  canvas.text("ticks \(probe.ticks) elapsed \(probe.elapsed) resumes \(probe.resumes).", at: 2, 2)
  for (row, key) in probe.keys.suffix(12).enumerated() {
    canvas.text("\(probe.keys.count - min(12, probe.keys.count) + row): \(key)", at: 2, 3 + row)
  }
  canvas.text("준비됨", endingBefore: size.width, size.height - 1, .changed)
  return canvas.grid
}

/// The text of a file as a picture, each row in the style of another role.
func picture(of path: String) -> CellGrid? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var octets = [UInt8](repeating: 0, count: 65536)
  let count = fread(&octets, 1, octets.count, file)
  return CellGrid(screen: String(decoding: octets[..<count], as: UTF8.self)).inManyRoles
}

var arguments = CommandLine.arguments.dropFirst()
var probe = Probe()
let isASCII = arguments.contains("--ascii")
let hasMouse = arguments.contains("--mouse")
if let path = arguments.first(where: { !$0.hasPrefix("--") }) { probe.picture = picture(of: path) }
do {
  let status = try runScreen(
    model: &probe, appearance: arguments.contains("--light") ? .light : nil, ascii: isASCII,
    mouse: hasMouse, update: update, render: render,
    nextWake: { $0.wantsTicks ? 5 : nil })
  print("left after \(probe.keys.count) keys")
  exit(status)
} catch {
  complain("terminal-probe: \(error)")
  exit(1)
}
