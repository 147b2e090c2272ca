// The demonstration's program: kind code first, then hostile code, then kind code again.

extension DemoStep {
    /// The second step asks for what the first has left.
    static let all = [
        DemoStep(
            title: "print, and have a value (the server is just starting)",
            code: "import sys\nkept = 6 * 7\nprint('Python', sys.version.split()[0])\nkept",
            status: "ok", expected: "42"),
        DemoStep(
            title: "look for the variable of the call before",
            code: "'kept' in globals()", status: "ok", expected: "False"),
        DemoStep(
            title: "raise an exception",
            code: "rates = {'EUR': 1.0}\nrates['USD']", status: "error",
            expected: "KeyError: "),
        DemoStep(
            title: "print, then loop for ever (timeout: 500 ms)",
            code: "print('before the loop', flush=True)\nwhile True: pass",
            timeoutMilliseconds: 500, status: "timeout", expected: "Timeout: "),
        DemoStep(
            title: "take all memory",
            code: "hoard = []\nwhile True: hoard.append(bytearray(16 << 20))",
            status: "memory", expected: "Memory", wall: .rlimits),
        DemoStep(
            title: "fork without end",
            code: "import os\nwhile True: os.fork()", status: "error",
            expected: "BlockingIOError: ", wall: .seccomp),
        DemoStep(
            title: "read the host's password file",
            code: "open('/etc/shadow').read()", status: "error",
            expected: "FileNotFoundError: ", wall: .root),
        DemoStep(
            title: "open a network connection",
            code: "import socket\nsocket.create_connection(('192.0.2.1', 80))", status: "error",
            expected: "PermissionError: ", wall: .seccomp),
        DemoStep(
            title: "start another program",
            code: "import os\nos.execv('/bin/sh', ['sh', '-c', 'id'])", status: "error",
            expected: "PermissionError: ", wall: .seccomp),
        DemoStep(
            title: "fill the disk",
            code: "open('full', 'wb').write(bytes(60 << 20))\n"
                + "open('fuller', 'wb').write(bytes(60 << 20))",
            status: "error", expected: "OSError: ", wall: .scratch),
        DemoStep(
            title: "be an ordinary program again",
            code: "import statistics\nstatistics.mean([1, 2, 3, 4])", status: "ok",
            expected: "2.5"),
    ]
}
