// Children: what they get, how they end, and that they are reaped.

import Testing

@testable import Kernel

@Suite struct ProcessesTests {
    @Test func `a child gets exactly the descriptors it was given`() throws {
        let file = try Files.open("/dev/null")
        let copy = try file.duplicate()
        // 3 is free and holds the listed directory; 4 was asked to be closed.
        let child = try Child("/usr/bin/ls", ["/proc/self/fd"], extra: [nil, nil, copy.raw])
        #expect(child.output == "0\n1\n2\n3\n5\n")
        #expect(child.ending == .exited(code: 0))
    }

    @Test func `descriptors may change places on the way`() throws {
        let one = try Files.memory(named: "one", holding: Array("1".utf8))
        let two = try Files.memory(named: "two", holding: Array("2".utf8))
        for (a, b, expected) in [(one.raw, two.raw, "12"), (two.raw, one.raw, "21")] {
            // /proc opens the file anew, from its beginning.
            let child = try Child(
                "/usr/bin/cat", ["/proc/self/fd/3", "/proc/self/fd/4"], extra: [a, b])
            #expect(child.output == expected)
        }
    }

    @Test func `a child gets exactly the environment it was given`() throws {
        #expect(try Child("/usr/bin/env").output == "")
        #expect(try Child("/usr/bin/env", environment: ["A=1", "B=ü"]).output == "A=1\nB=ü\n")
    }

    @Test func `arguments are passed as they are`() throws {
        let odd = ["a b", "", "*", "$HOME", "ünï", "-n"]
        let child = try Child("/usr/bin/printf", ["[%s]"] + odd)
        #expect(child.output == odd.map { "[\($0)]" }.joined())
    }

    @Test func `a child starts where it was told to`() throws {
        #expect(try Child("/usr/bin/pwd", ["-P"], directory: "/usr").output == "/usr\n")
    }

    @Test func `a child starts with no signal blocked or ignored`() async {
        await #expect(processExitsWith: .success) {
            try Signal.ignore(Signal.pipe)
            let child = try Child("/usr/bin/grep", ["-E", "Sig(Blk|Ign)", "/proc/self/status"])
            let masks = child.output.split(separator: "\n").compactMap {
                UInt64($0.drop { $0 != "\t" }.dropFirst(), radix: 16)
            }
            #expect(masks.count == 2)
            // 32 and 33 are the C library's own: nobody can set them, so nobody can reset them.
            let reserved: UInt64 = 0b11 << 31
            #expect(masks.allSatisfy { $0 & ~reserved == 0 })
        }
    }

    @Test(
        arguments: [
            ("/nonexistent/program", nil, 2), ("/usr", nil, 13), ("/etc/passwd", nil, 13),
            ("/usr/bin/true", "/nonexistent", 2),
        ] as [(String, String?, CInt)])
    func `a program that cannot start is an error here`(
        path: String, directory: String?, code: CInt
    ) throws {
        let error = #expect(throws: SystemError.self) {
            try Processes.spawn(
                path, arguments: [path], environment: [], descriptors: [nil, nil, nil],
                directory: directory)
        }
        #expect(error == SystemError("exec", path, code: code))
    }

    @Test(arguments: [CInt(0), 1, 77, 255])
    func `an exit code comes back`(code: CInt) throws {
        #expect(try Child("/bin/sh", ["-c", "exit \(code)"]).ending == .exited(code: code))
    }

    @Test func `a signal that ended a child comes back`() throws {
        #expect(try Child("/bin/sh", ["-c", "kill -TERM $$"]).ending == .signaled(signal: 15))
    }

    @Test func `what a child used is told`() throws {
        let child = try Child(
            "/bin/sh", ["-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"])
        #expect(child.usage.userMicroseconds + child.usage.systemMicroseconds > 0)
        #expect(child.usage.peakBytes > 100 * 1024)
        #expect(child.usage.minorFaults > 0)
    }

    @Test func `a child is killed through its handle, and may be signaled when it is gone`() throws
    {
        let pid = try Processes.spawn(
            "/usr/bin/sleep", arguments: ["sleep", "60"], environment: [],
            descriptors: [nil, nil, nil])
        let handle = try Processes.handle(of: pid)
        #expect(try Processes.wait(pid, blocking: false) == nil)
        var poller = Poller()
        let index = poller.add(handle.raw, .readable)
        #expect(try !poller.wait(until: .now))
        try handle.signal(Signal.kill)
        #expect(try poller.wait(until: .now.advanced(byMilliseconds: 10_000)))
        #expect(poller[index].contains(.readable))
        #expect(try Processes.wait(pid)?.ending == .signaled(signal: Signal.kill))
        try handle.signal(Signal.kill)
    }

    @Test func `reaping takes whoever has ended, and nobody is fine`() async {
        await #expect(processExitsWith: .success) {
            try Processes.reapEnded()
            for _ in 0..<3 {
                let pid = try Processes.spawn(
                    "/usr/bin/true", arguments: ["true"], environment: [], descriptors: [])
                var poller = Poller()
                let handle = try Processes.handle(of: pid)
                poller.add(handle.raw, .readable)
                _ = try poller.wait(until: nil)
            }
            try Processes.reapEnded()
            let error = #expect(throws: SystemError.self) { _ = try Processes.wait(-1) }
            #expect(error?.code == ErrorCode.noChild)
        }
    }

    @Test func `asking for the next number leaves no child`() async {
        await #expect(processExitsWith: .success) {
            let number = try Processes.nextNumber()
            #expect(number > 0)
            let error = #expect(throws: SystemError.self) { _ = try Processes.wait(-1) }
            #expect(error?.code == ErrorCode.noChild)
        }
    }

    @Test func `wait statuses are read as the kernel writes them`() {
        for code in CInt(0)...255 {
            #expect(Ending(status: code << 8) == .exited(code: code))
            #expect(Ending.exited(code: code).status == code << 8)
        }
        for signal in CInt(1)...64 {
            #expect(Ending(status: signal) == .signaled(signal: signal))
            #expect(Ending(status: signal | 0x80) == .signaled(signal: signal))  // with a core
            #expect(Ending.signaled(signal: signal).status == signal)
        }
    }

    @Test func `CPU time is known of the living only`() throws {
        #expect(try #require(Processes.cpuNanoseconds(of: Processes.ownPid)) > 0)
        #expect(Processes.cpuNanoseconds(of: 1 << 22) == nil)
    }
}
