// Versions as files tell them: known spellings are read, everything else is no version.

import Testing

@testable import Engine

@Suite struct PythonVersionTests {
    @Test(arguments: [
        ("3.11.2", "3.11.2", "3.11"), ("3.11", "3.11", "3.11"), ("3.13.0rc1", "3.13.0rc1", "3.13"),
        ("3.12.0a1+", "3.12.0a1+", "3.12"), ("3.12.1+", "3.12.1+", "3.12"),
        ("3.11.2.final.0", "3.11.2", "3.11"), ("3.13.0.candidate.2", "3.13.0rc2", "3.13"),
        ("2.7.18", "2.7.18", "2.7"),
    ])
    func `a version is read with its series`(source: String, text: String, series: String) {
        let version = PythonVersion(source)
        #expect(version?.text == text && version?.series == series)
    }

    @Test(arguments: [
        "", "3", "3.", ".11", "3.x", "3.11.", "3.11.2.3", "3.11.2 ", "3.13-dev", "3.11.2; rm",
        "3.11.2\u{7}", "9999.1", "3.٣", "3.11.0b", "3.11.0c1", "3.11.2.final.x", "3.11.2.last.0",
        "miniconda3-4.7.12", String(repeating: "1", count: 1_000_000), "3.11.1é",
    ])
    func `anything else is none`(source: String) {
        #expect(PythonVersion(source) == nil)
    }

    @Test func `a library's directory tells the series`() {
        #expect(PythonVersion(libraryDirectory: "python3.11")?.series == "3.11")
        #expect(PythonVersion(libraryDirectory: "python3.13t")?.series == "3.13")
        #expect(PythonVersion(libraryDirectory: "pypy3.10")?.series == "3.10")
        for name in ["python3", "python3.11.2", "libpython3.11.so", "perl5", "python", "pythont"] {
            #expect(PythonVersion(libraryDirectory: name) == nil, "\(name)")
        }
    }
}
