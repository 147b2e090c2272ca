// The way out: whole lines, one at a time, from any thread.

package import Kernel
import Synchronization

/// Writes protocol lines. Once the client is gone everything further is dropped.
package final class LineWriter: Sendable {
    private struct State: ~Copyable {
        let output: Descriptor
        var isGone = false
    }

    private let state: Mutex<State>

    package init(_ output: consuming Descriptor) {
        state = Mutex(State(output: output))
    }

    package func write(_ line: [UInt8]) {
        var whole = line
        whole.append(0x0A)
        state.withLock { state in
            if state.isGone { return }
            do { try state.output.write(whole) } catch { state.isGone = true }
        }
    }
}
