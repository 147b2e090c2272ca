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
        write { line }
    }

    /// Writes what `make` gives when it is this line's turn; nil: nothing any more. `make` takes no
    /// lock under which anything is written.
    package func write(_ make: () -> [UInt8]?) {
        state.withLock { state in
            guard !state.isGone, var whole = make() else { return }
            whole.append(0x0A)
            do { try state.output.write(whole) } catch { state.isGone = true }
        }
    }
}
