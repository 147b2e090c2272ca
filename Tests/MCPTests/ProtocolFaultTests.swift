// Protocol faults say what was meant, within bounds.

import MCP
import Testing

@Suite struct ProtocolFaultTests {
    private let known = ["python_execute", "run_python_code", "pip-list", "pip-install", "lint"]

    @Test(arguments: [
        ("python_exec", "python_execute"), ("runPythonCode", "run_python_code"),
        ("pip_list", "pip-list"), ("pip-instal", "pip-install"), ("lnt", "lint"),
    ])
    func `a mistyped tool is answered with the one that was meant`(asked: String, meant: String) {
        let fault = ProtocolFault.unknownTool(asked, known: known)
        #expect(fault.code == .invalidParams)
        #expect(fault.message.contains("Did you mean \"\(meant)\"?"))
    }

    @Test(arguments: ["", "x", "completely_different", String(repeating: "a", count: 4096)])
    func `nothing is suggested for what resembles nothing`(asked: String) {
        let message = ProtocolFault.unknownTool(asked, known: known).message
        #expect(!message.contains("Did you mean"))
        #expect(message.utf8.count < 256)
    }

    @Test func `a client's text comes back harmless`() {
        let message = ProtocolFault.unknownTool("a\u{1B}[31m\n\u{202E}b", known: []).message
        #expect(message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    }
}
