// sandboa: one program, from the command line to the last worker.

import Kernel

/// Reads the command line, runs the command, and ends with the command's exit status.
private func start() -> Never {
    let terminal = Terminal()
    let program = Program(terminal: terminal)
    let status: ExitCode
    do throws(UsageError) {
        let parser = CommandParser(vocabulary: Program.vocabulary)
        let invocation = try parser.parse(Array(CommandLine.arguments.dropFirst()))
        status = program.run(invocation)
    } catch {
        terminal.complain(error.text(style: terminal.errorStyle))
        status = UsageError.exitCode
    }
    Processes.exit(status.rawValue)
}

start()
