// After everything this module does, nothing is open that was not open before.

import Testing

@testable import Kernel

@Suite struct LeakTests {
    private static func everything() throws {
        var pipe = try Pipe()
        var pair = try SocketPair(.packet)
        do { _ = try SocketPair(.stream) }
        let reader = pipe.takeReader()
        let writer = pipe.takeWriter()
        let ours = pair.takeOurs()
        try ours.send([1], attaching: [reader.raw, writer.raw])
        do {
            let theirs = pair.takeTheirs()
            var message = try given(try theirs.receive(limit: 8, descriptors: 2))
            _ = message.takeDescriptor()
        }
        _ = try Child("/usr/bin/true")
        #expect(throws: SystemError.self) { _ = try Child("/nonexistent/program") }
        #expect(throws: SystemError.self) { _ = try Files.contents(of: "/dev/zero", limit: 10) }
        _ = try Files.names(in: "/usr")
        _ = try Files.memory(named: "leak", holding: [1, 2, 3])
        _ = try Processes.handle(of: Processes.ownPid)
        _ = try Namespaces.initImage()
        _ = try Threads.count()
        if Landlock.abi > 0 {
            let rules = try Landlock.ruleset(files: 1, network: 0, scopes: 0, abi: Landlock.abi)
            try Landlock.allow(1, beneath: "/usr", in: rules)
            #expect(throws: SystemError.self) {
                try Landlock.allow(1, beneath: "/nonexistent", in: rules)
            }
        }
    }

    @Test func `no descriptor and no child is left behind`() async {
        await #expect(processExitsWith: .success) {
            try Self.everything()  // once, for what the libraries keep open for good
            let before = try OpenDescriptors.all()
            for _ in 0..<20 { try Self.everything() }
            #expect(try OpenDescriptors.all() == before)
            let error = #expect(throws: SystemError.self) { _ = try Processes.wait(-1) }
            #expect(error?.code == ErrorCode.noChild)
        }
    }
}
