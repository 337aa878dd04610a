import Fuzzing
import Glibc

// libFuzzer's own options stay as they are: `FUZZ_TARGET=tcp sockscope-fuzz CORPUS -max_total_time=600`.
// `sockscope-fuzz --seeds FOLDER` writes the seeds and the dictionary of each target there.

/// libFuzzer, with the function that takes the octets.
@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ values: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ takeOne: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--seeds" {
  exit(SeedFolder(CommandLine.arguments[2]).write() ? 0 : 1)
}
var count = CommandLine.argc
var values = CommandLine.unsafeArgv
exit(runFuzzer(&count, &values, takeOne))
