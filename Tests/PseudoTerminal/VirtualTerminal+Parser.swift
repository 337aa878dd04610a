import Screen

/// Where in a control sequence the stream is.
enum ParserState: Hashable, Sendable {
  case ground
  case escape
  case charset
  case control(String)
  case string([UInt8])
  case stringEscape
}

extension VirtualTerminal {
  /// Takes what a program has written; sequences and characters may be cut anywhere.
  public mutating func feed(_ octets: some Sequence<UInt8>) {
    for octet in octets { feed(octet) }
  }

  private mutating func feed(_ octet: UInt8) {
    switch state {
    case .ground: ground(octet)
    case .escape: escape(octet)
    case .charset: state = .ground
    case .control(let parameters):
      if (0x40...0x7e).contains(octet) {
        state = .ground
        control(parameters, final: Character(Unicode.Scalar(octet)))
      } else if octet == 0x1b {
        state = .escape
      } else {
        state = .control(parameters + String(Unicode.Scalar(octet)))
      }
    case .string(let text):
      if octet == 0x07 || octet == 0x1b {
        if text.starts(with: "2;".utf8) {
          title = String(decoding: text.dropFirst(2), as: UTF8.self)
        }
        state = octet == 0x07 ? .ground : .stringEscape
      } else {
        state = .string(text + [octet])
      }
    case .stringEscape: state = .ground
    }
  }

  private mutating func ground(_ octet: UInt8) {
    if octet >= 0x80 || !partial.isEmpty {
      partial.append(octet)
      let length = partial[0] >= 0xf0 ? 4 : partial[0] >= 0xe0 ? 3 : 2
      guard partial.count == length else { return }
      for scalar in String(decoding: partial, as: UTF8.self).unicodeScalars { print(scalar) }
      partial = []
      return
    }
    switch octet {
    case 0x1b: state = .escape
    case 0x0d: moveCursor(0, cursorY)
    case 0x0a: lineFeed()
    case 0x08: moveCursor(cursorX - 1, cursorY)
    case 0x09: moveCursor((cursorX / 8 + 1) * 8, cursorY)
    case 0x00..<0x20, 0x7f: break
    default: print(Unicode.Scalar(octet))
    }
  }

  private mutating func escape(_ octet: UInt8) {
    state = .ground
    switch Character(Unicode.Scalar(octet)) {
    case "[": state = .control("")
    case "]", "P", "^", "_": state = .string([])
    case "(", ")", "*", "+", "#", "%": state = .charset
    case "7": saveCursor()
    case "8": restoreCursor()
    case "M":
      if cursorY == regionTop {
        scroll(down: 1)
      } else {
        moveCursor(cursorX, cursorY - 1)
      }
    case "D": lineFeed()
    case "E":
      lineFeed()
      moveCursor(0, cursorY)
    case "=", ">", "\\": break
    case "c": self = VirtualTerminal(size)
    case let other: unknown.append("ESC \(other)")
    }
  }

  private mutating func control(_ text: String, final: Character) {
    if text.hasPrefix("?"), final == "h" || final == "l" {
      for mode in text.dropFirst().split(separator: ";").compactMap({ Int($0) }) {
        setMode(mode, final == "h")
      }
      return
    }
    // Questions to the terminal and settings that show nothing.
    if text.hasPrefix(">") || text.hasPrefix("?") || text.hasSuffix(" ") || text.hasSuffix("!") {
      return
    }
    let values = text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    let count = max(1, values.first ?? 1)
    switch final {
    case "m": selectRendition(values)
    case "h", "l", "t", "n", "c", "q": break
    case "b":
      if let scalar = lastCharacter?.unicodeScalars.first {
        for _ in 0..<count { print(scalar) }
      }
    default:
      if !move(final, count, values) && !edit(final, count, values.first ?? 0) {
        unknown.append("CSI \(text)\(final)")
      }
    }
  }

  private mutating func move(_ final: Character, _ count: Int, _ values: [Int]) -> Bool {
    let second = values.count > 1 ? max(1, values[1]) : 1
    switch final {
    case "A": moveCursor(cursorX, cursorY - count)
    case "B", "e": moveCursor(cursorX, cursorY + count)
    case "C", "a": moveCursor(cursorX + count, cursorY)
    case "D": moveCursor(cursorX - count, cursorY)
    case "E": moveCursor(0, cursorY + count)
    case "F": moveCursor(0, cursorY - count)
    case "G", "`": moveCursor(count - 1, cursorY)
    case "d": moveCursor(cursorX, count - 1)
    case "H", "f": moveCursor(second - 1, count - 1)
    case "I": moveCursor((cursorX / 8 + count) * 8, cursorY)
    case "Z": moveCursor(((cursorX + 7) / 8 - count) * 8, cursorY)
    case "s": saveCursor()
    case "u": restoreCursor()
    case "r":
      regionTop = count - 1
      regionBottom = values.count > 1 ? min(size.height, second) - 1 : size.height - 1
      moveCursor(0, 0)
    default: return false
    }
    return true
  }

  private mutating func edit(_ final: Character, _ count: Int, _ value: Int) -> Bool {
    let (x, y) = (cursorX, cursorY)
    switch final {
    case "J":
      if value == 0 {
        erase(x..<size.width, row: y)
        if y + 1 < size.height { erase(rows: y + 1..<size.height) }
      } else if value == 1 {
        erase(rows: 0..<y)
        erase(0..<x + 1, row: y)
      } else {
        erase(rows: 0..<size.height)
      }
    case "K": erase(value == 0 ? x..<size.width : value == 1 ? 0..<x + 1 : 0..<size.width, row: y)
    case "X": erase(x..<x + count, row: y)
    case "P":
      places[y].removeSubrange(x..<min(size.width, x + count))
      while places[y].count < size.width { places[y].append(Place()) }
    case "@":
      places[y].insert(contentsOf: Array(repeating: Place(), count: count), at: x)
      places[y] = Array(places[y].prefix(size.width))
    case "L" where (regionTop...regionBottom).contains(y): scroll(down: count, from: y)
    case "M" where (regionTop...regionBottom).contains(y): scroll(up: count, from: y)
    case "S": scroll(up: count)
    case "T": scroll(down: count)
    default: return false
    }
    return true
  }

  private mutating func setMode(_ mode: Int, _ isOn: Bool) {
    switch mode {
    case 25: isCursorVisible = isOn
    case 47, 1047: setAlternate(isOn)
    case 1049:
      if isOn { saveCursor() }
      setAlternate(isOn)
      if !isOn { restoreCursor() }
    case 9, 1000...1006, 1015, 1016:
      if isOn { mouseModes.insert(mode) } else { mouseModes.remove(mode) }
    case 7, 12: break
    default:
      if isOn { otherModes.insert(mode) } else { otherModes.remove(mode) }
    }
  }

  private mutating func selectRendition(_ values: [Int]) {
    var rest = values[...]
    while let value = rest.popFirst() {
      switch value {
      case 0: rendition = Rendition()
      case 1: rendition.bold = true
      case 2: rendition.dim = true
      case 4: rendition.underline = true
      case 7: rendition.reverse = true
      case 22: (rendition.bold, rendition.dim) = (false, false)
      case 24: rendition.underline = false
      case 27: rendition.reverse = false
      case 30...37: rendition.colour = UInt8(value - 30)
      case 90...97: rendition.colour = UInt8(value - 82)
      case 39: rendition.colour = nil
      case 49: break
      case 38 where rest.first == 5 && rest.count > 1:
        rest.removeFirst()
        rendition.colour = UInt8(clamping: rest.removeFirst())
      default: unknown.append("SGR \(value)")
      }
    }
  }
}
