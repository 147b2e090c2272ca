// The five published policies load unchanged, and mean what their pages say.

import Testing

@testable import Policies

@Suite struct SeedTests {
    private static func seed(_ name: String) throws -> Policy {
        let seed = try #require(try Loading.seeds().first { $0.name == name })
        return try PolicyLoader(file: name, hash: "").load(seed.bytes)
    }

    @Test func `the policy of the developer tools keeps every rule`() throws {
        let policy = try Self.seed("io-github-dave-london-pare-python.yaml")
        #expect(policy.dialect == .intercept)
        #expect(policy.fallback == .allow)
        #expect(policy.about == "Policy for @paretools/python")
        #expect(policy.warnings == [])
        var lines: [String] = []
        for section in policy.sections {
            guard case .tool(let tool) = section.target else { continue }
            for rule in section.rules {
                lines.append("\(tool) \(rule.word) \(rule.limit?.line ?? "-")")
            }
        }
        let readers = [
            "black", "mypy", "pip-audit", "pip-list", "pip-show", "pyenv", "pytest", "ruff-check",
            "ruff-format",
        ]
        #expect(
            lines == [
                "conda refusal -", "poetry refusal -", "uv-run required arguments -",
                "uv-run nothing 10 uv-run._rate_hour calendar 3600s server",
                "pip-install nothing 30 pip-install._rate_hour calendar 3600s server",
                "uv-install nothing 30 uv-install._rate_hour calendar 3600s server",
            ] + readers.map { "\($0) nothing 60 \($0)._rate_minute calendar 60s server" })
        #expect(policy.sections[0].rules[0].refusal == "Destructive operation blocked by policy")
        #expect(policy.sections[0].rules[0].name == "conda#0")
        #expect(policy.sections[2].rules.map(\.name) == ["uv-run#0.required_args", "uv-run#0"])
        #expect(policy.sections[0].rules[0].mark.line == 9)
    }

    @Test func `the policy without a version loads with warnings`() throws {
        let policy = try Self.seed("stuzhy-py-execute-mcp.yaml")
        #expect(policy.warnings.map(\.key) == ["version", "default"])
        let rules = try #require(policy.sections.first?.rules)
        #expect(policy.sections.map(\.target) == [.tool("python_execute")])
        #expect(rules.map(\.word) == ["required arguments", "nothing"])
        #expect(rules[1].limit?.line == "10 python_execute._rate_minute calendar 60s server")
        let told = try #require(rules[1].refusal)
        #expect(told.contains("10 calls per minute") && told.contains("next full minute"))
    }

    @Test(arguments: [
        ("mcp-devtools-server.json", "python_venv"),
        ("mcp-python-interpreter-install_package.json", "install_package"),
        ("mcp-python-interpreter-run_python_code.json", "run_python_code"),
    ])
    func `a policy.json limits its tool for each grant`(file: String, tool: String) throws {
        let policy = try Self.seed(file)
        #expect(policy.dialect == .json)
        #expect(policy.warnings == [])
        #expect(policy.fallback == .deny)
        #expect(policy.sections.map(\.target) == [.tool(tool)])
        let rule = try #require(policy.sections.first?.rules.first)
        #expect(rule.name == "/tools/\(tool)/limits/\(tool)_rate")
        #expect(rule.limit?.line == "10 \(tool).\(tool)_rate calendar 60s grant")
        #expect(rule.mark.line == 7)
    }
}
