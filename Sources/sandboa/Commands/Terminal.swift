// What the user sees: standard output for answers, standard error for everything else.

import Engine
import Kernel
import Notation
import Synchronization

/// The two streams to the user, and how they may be written to.
struct Terminal: Sendable {
    let style: Style
    let errorStyle: Style
    let width: Int

    init() {
        let output = Terminal.stream(1)
        let errors = Terminal.stream(2)
        let noColor = Environment.variable("NO_COLOR")
        let term = Environment.variable("TERM")
        style = Style(isTerminal: output.isTerminal, noColor: noColor, term: term)
        errorStyle = Style(isTerminal: errors.isTerminal, noColor: noColor, term: term)
        let columns = Environment.variable("COLUMNS").flatMap { Int($0) }
        width = columns ?? output.columns ?? 80
    }

    /// Writes to standard output. A reader that has gone is nobody to tell about it.
    func say(_ text: String) { write(text, to: 1) }

    func say(_ json: JSON) { write(json.pretty + "\n", to: 1) }

    /// Writes to standard error.
    func complain(_ text: String) { write(text, to: 2) }

    /// One failed step, with what to do: the shape of every error of the program.
    func fail(_ message: String, fix: String = "") {
        var text = errorStyle.paint("sandboa: ", .bad) + message.printable + "\n"
        if !fix.isEmpty { text += "  Fix: \(fix.printable)\n" }
        complain(text)
    }

    /// Passes a run's output on as it comes: as it is to a file or pipe, made harmless for a
    /// terminal.
    func listener() -> @Sendable (RunRequest.Stream, ArraySlice<UInt8>) -> Void {
        let filters = Mutex([RunRequest.Stream: TerminalFilter]())
        let isTerminal: [RunRequest.Stream: Bool] = [
            .output: Terminal.stream(1).isTerminal, .errors: Terminal.stream(2).isTerminal,
        ]
        return { stream, bytes in
            let target: CInt = stream == .output ? 1 : 2
            guard isTerminal[stream] == true else { return write(Array(bytes), to: target) }
            let clean = filters.withLock { $0[stream, default: TerminalFilter()].clean(bytes) }
            write(clean, to: target)
        }
    }

    private func write(_ text: String, to raw: CInt) { write(Array(text.utf8), to: raw) }

    private func write(_ bytes: [UInt8], to raw: CInt) {
        do throws(SystemError) {
            let stream = try Files.duplicate(raw)
            try stream.write(bytes)
        } catch { return }
    }

    private static func stream(_ raw: CInt) -> (isTerminal: Bool, columns: Int?) {
        do throws(SystemError) {
            let stream = try Files.duplicate(raw)
            return (stream.isTerminal, stream.terminalColumns)
        } catch { return (false, nil) }
    }
}
