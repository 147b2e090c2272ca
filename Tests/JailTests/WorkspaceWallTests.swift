// Where a workspace may lie, and where it lies inside.

import Testing

@testable import Jail

@Suite struct WorkspaceWallTests {
    @Test(arguments: [
        "/", "/usr", "/usr/src/project", "/bin", "/lib64/x", "/proc/self", "/dev/shm", "/sys",
        "/sandbox", "/sandbox/scratch",
    ])
    func `what every run is built of is no workspace`(path: String) {
        #expect(WorkspaceWall.objection(to: path) != nil)
    }

    @Test(arguments: [
        "/home", "/srv/project", "/tmp", "/tmp/x", "/usrlocal", "/var/lib/x", "/etc", "/libs",
    ])
    func `any other directory may be one`(path: String) {
        #expect(WorkspaceWall.objection(to: path) == nil)
    }

    @Test func `a directory contains itself and what is below it, not what only begins so`() {
        #expect(WorkspaceWall.contains("/a/b", "/a/b"))
        #expect(WorkspaceWall.contains("/a/b", "/a/b/c"))
        #expect(!WorkspaceWall.contains("/a/b", "/a/bc"))
        #expect(!WorkspaceWall.contains("/a/b", "/a"))
        #expect(WorkspaceWall.contains("/", "/a"))
    }

    @Test func `it lies at its own path`() {
        let wall = WorkspaceWall(path: "/srv/project", isWritable: true)
        #expect(!wall.isInScratch)
        #expect(wall.placesInScratch == [])
    }

    @Test(arguments: [
        ("/tmp", ["/sandbox/scratch/tmp"]),
        (
            "/tmp/a/b",
            ["/sandbox/scratch/tmp", "/sandbox/scratch/tmp/a", "/sandbox/scratch/tmp/a/b"]
        ),
    ])
    func `below tmp it lies in the scratch directory that tmp points to`(
        path: String, places: [String]
    ) {
        let wall = WorkspaceWall(path: path, isWritable: false)
        #expect(wall.isInScratch)
        #expect(wall.placesInScratch == places)
    }

    @Test func `a path that only begins like tmp is elsewhere`() {
        #expect(!WorkspaceWall(path: "/tmpfiles/x", isWritable: true).isInScratch)
    }

    @Test func `uses of a workspace are ordered by what they open`() {
        #expect(WorkspaceUse.none < .read)
        #expect(WorkspaceUse.read < .write)
        #expect(!(WorkspaceUse.write < .write))
    }

    // MARK: The filter beside it

    @Test func `programs that may connect get another variant beside a workspace`() throws {
        let table = TableFile.table
        #expect(try table.variantBesideWorkspace("compute") == "compute")
        #expect(try table.variantBesideWorkspace("interpreter") == "interpreter-workspace")
        #expect(try table.variantBesideWorkspace("install") == "install-workspace")
    }

    @Test func `a variant that connects and has none beside it is an error`() throws {
        let error = #expect(throws: SyscallTableError.self) {
            try TableFile.table.variantBesideWorkspace("interpreter-workspace-none")
        }
        #expect("\(try #require(error))".contains("there is no variant"))
        let table = try SyscallTable(loading: SyscallTableTests.table())
        // It knows no call named connect at all: nothing says that it is refused.
        #expect(throws: SyscallTableError.self) { try table.variantBesideWorkspace("a") }
    }

    @Test func `beside a workspace nobody connects to a Unix socket`() throws {
        let interpreter = try SyscallProbe("interpreter-workspace")
        try interpreter.expect("connect", .eperm)
        try interpreter.expect("socket", [1, 1], .allow)
        let install = try SyscallProbe("install-workspace")
        try install.expect("connect", .allow)
        try install.expect("socket", [2, 1, 6], .allow)
        try install.expect("socket", [1, 1], .refuse(.EAFNOSUPPORT))
        try SyscallProbe("install").expect("socket", [1, 1], .allow)
    }
}
