// The input, cut into lines, for whichever thread reads it next.

import Kernel
import MCP
import Synchronization

/// Standard input as protocol lines. One thread reads at a time, not always the same.
final class InputSource: Sendable {
    private struct State: ~Copyable {
        let input: Descriptor
        /// Closed to tell the main thread that the input has ended.
        var ended: Descriptor?
        var splitter = LineSplitter()
        var buffer = [UInt8](repeating: 0, count: InputSource.readBytes)

        mutating func rest() -> [LineSplitter.Item] { splitter.finish().map { [$0] } ?? [] }

        func waitForInput() {
            var poller = Poller()
            poller.add(input.raw, .readable)
            do throws(SystemError) { _ = try poller.wait(until: nil) } catch { return }
        }
    }

    private static let readBytes = 65_536
    private let state: Mutex<State>

    init(input: consuming Descriptor, ended: consuming Descriptor) {
        state = Mutex(State(input: input, ended: ended))
    }

    /// Waits for the next piece of input and returns its lines. An input that fails has ended.
    func next() -> (items: [LineSplitter.Item], isAtEnd: Bool) {
        state.withLock { state in
            let got: Int?
            do throws(SystemError) {
                got = try state.input.read(into: &state.buffer, from: 0)
            } catch { got = 0 }
            guard let got, got > 0 else {
                // A client may pass on a non-blocking pipe: then there is merely nothing yet.
                if got == nil { state.waitForInput() }
                return got == nil ? ([], false) : (state.rest(), true)
            }
            return (state.splitter.feed(state.buffer[..<got]), false)
        }
    }

    func end() { state.withLock { $0.ended = nil } }
}
