// Limits and rights, given up in a process of its own.

import Testing

@testable import Kernel

@Suite struct PrivilegesTests {
    @Test func `a limit that is set is the limit that holds`() async {
        await #expect(processExitsWith: .success) {
            try Privileges.limit(.openFiles, soft: 64, hard: 64)
            #expect(try Privileges.hardLimit(of: .openFiles) == 64)
            var held: [CInt] = []
            let error = #expect(throws: SystemError.self) {
                while held.count < 100 { held.append(try Files.open("/dev/null").release()) }
            }
            #expect(error?.code == 24)  // EMFILE
            for raw in held { _ = Descriptor(adopting: raw) }
        }
    }

    @Test(arguments: LimitedResource.allCases)
    func `every limit of the list is known to the kernel`(resource: LimitedResource) throws {
        _ = try Privileges.hardLimit(of: resource)
    }

    @Test func `new privileges are forbidden for good`() async {
        await #expect(processExitsWith: .success) {
            #expect(!Privileges.newPrivilegesForbidden)
            try Privileges.forbidNewPrivileges()
            #expect(Privileges.newPrivilegesForbidden)
            let child = try Child("/usr/bin/grep", ["NoNewPrivs", "/proc/self/status"])
            #expect(child.output == "NoNewPrivs:\t1\n")
        }
    }

    @Test(.enabled(if: Processes.userIdentifier == 0, "needs root"))
    func `who became an ordinary user has no way back`() async {
        await #expect(processExitsWith: .success) {
            try Privileges.become(user: 0x7000_0000, group: 0x7000_0000)
            #expect(Processes.userIdentifier == 0x7000_0000)
            #expect(Processes.groupIdentifier == 0x7000_0000)
            #expect(throws: SystemError.self) { try Privileges.become(user: 0, group: 0) }
        }
    }

    @Test func `an error names the call, the subject and the reason`() {
        #expect(
            SystemError("mount", "/proc", code: 1).description
                == "mount /proc: Operation not permitted")
        #expect(
            SystemError("fork", code: 11).description
                == "fork: Resource temporarily unavailable")
    }
}
