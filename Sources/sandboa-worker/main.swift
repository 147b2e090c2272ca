// sandboa-worker: the process that untrusted Python runs in, and the zygotes it is forked from.
//
// INVARIANT: one thread, from start to end. No Foundation, no Dispatch, no async.
// INVARIANT: no process of this program sees a request before it is the worker that runs it.
// It is started by sandboa only, with a control socket as descriptor 3 and a lifeline as 4; or with
// standard output alone, to tell which Python it would embed.

import Kernel

private func start() -> Never {
    if CommandLine.arguments.dropFirst().elementsEqual(["version"]) { tellVersion() }
    guard CommandLine.arguments.count == 2, Descriptors.areInherited else {
        let hint = "sandboa-worker is started by sandboa; run `sandboa --help`.\n"
        let errors = Descriptor(adopting: 2)
        do { try errors.write(Array(hint.utf8)) } catch { Processes.exitNow(2) }
        Processes.exitNow(2)
    }
    let control = Descriptor(adopting: 3)
    let lifeline = Descriptor(adopting: 4)
    switch CommandLine.arguments[1] {
    case "zygote": TemplateZygote.run(control: control, lifeline: lifeline)
    case "floor": FloorZygote.run(control: control, lifeline: lifeline)
    default: Processes.exitNow(2)
    }
}

private func tellVersion() -> Never {
    let output = Descriptor(adopting: 1)
    do { try output.write(Array("\(Interpreter.version)\n".utf8)) } catch { Processes.exitNow(1) }
    Processes.exitNow(0)
}

start()
