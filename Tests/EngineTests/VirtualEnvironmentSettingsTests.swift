// pyvenv.cfg as venv, virtualenv and uv write it, and as nobody should.

import Testing

@testable import Engine

@Suite struct VirtualEnvironmentSettingsTests {
    private func settings(_ text: String) -> VirtualEnvironmentSettings {
        VirtualEnvironmentSettings(Array(text.utf8))
    }

    @Test func `what venv writes is read`() {
        let read = settings(
            "home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11.2\n"
                + "executable = /usr/bin/python3.11\ncommand = /usr/bin/python3 -m venv /x\n")
        #expect(read.home == "/usr/bin" && read.version?.text == "3.11.2")
        #expect(!read.includesSystemPackages)
    }

    @Test func `what virtualenv and uv write is read`() {
        let virtualenv = settings(
            "home = /usr/bin\nimplementation = CPython\nversion_info = 3.12.1.final.0\n"
                + "version = 20.25.0\ninclude-system-site-packages = true\n")
        #expect(virtualenv.version?.text == "3.12.1" && virtualenv.includesSystemPackages)
        let uv = settings("home = /usr/bin\r\nuv = 0.5.1\r\nversion_info = 3.13.0\r\n")
        #expect(uv.version?.text == "3.13.0" && uv.home == "/usr/bin")
    }

    @Test func `keys have any case, the first one counts, comments and rubbish do not`() {
        let read = settings(
            "\n=\n==\n# home = /a comment\nHOME=/one\nhome = /two\nVersion\t=\t3.10.4 \nnothing\n")
        #expect(read.home == "/one" && read.version?.text == "3.10.4")
        let empty = settings("home =   \nversion = 3.11.2; x\n")
        #expect(empty.home == nil && empty.version == nil)
    }

    @Test(arguments: 0..<200)
    func `any bytes at all are read without a trap`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pool: [UInt8] = Array("home=version_info 3.1.\n\r\t=#".utf8) + [0, 0xFF, 0xC3, 0x28]
        let count = Int.random(in: 0...400, using: &random)
        let bytes = (0..<count).compactMap { _ in pool.randomElement(using: &random) }
        let read = VirtualEnvironmentSettings(bytes)
        #expect(read.home != "")
    }
}
