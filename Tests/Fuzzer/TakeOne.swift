import Fuzzing
import Glibc

/// The target that the environment names.
private let target: FuzzTarget = {
  let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: " ")
    print("Set FUZZ_TARGET to one of: \(names)")
    exit(64)
  }
  return target
}()

/// What libFuzzer calls for each of its inputs. A finding ends the program, as a trap would.
@_cdecl("LLVMFuzzerTestOneInput")
public func takeOne(_ octets: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    try target.take(Array(UnsafeBufferPointer(start: octets, count: count)))
  } catch {
    fatalError("\(error)")
  }
  return 0
}
