// Our own dialect.

import Notation
import Testing

@testable import Policies

@Suite struct NativePolicyTests {
    private static let example = """
        version: "1"
        dialect: sandboa
        default: deny
        mode: observe
        counters: {scope: session, window: sliding}
        hide: [gone]
        tools:
          "pip-*":
            sandbox: no-network
            limits: {cpu: 30s, wall: 1m, memory: 512MiB, output: 1MiB, files: 256, processes: 32}
            rules:
              - name: pinned only
                require: {path: 'args.packages[*]', op: regex, value: '^[a-z]+==[0-9.]+$'}
                on_missing: deny
                on_deny: pin every package as name==version
              - name: upgrades need a person
                when: {path: args.upgrade, op: eq, value: true}
                action: require_approval
                approval: {timeout: 90s, on_timeout: deny}
              - name: daily budget
                limit: {counter: installs, max: 30, window: day, cost: args.packages.length}
          "*":
            rules:
              - {category: destructive, action: deny}
              - {rate_limit: {max: 5, window: 10m}, observe: true}
        categories:
          destructive: {rules: [{action: require_approval}]}
        all_tools: {limits: [{counter: all, window: hour, max: 1000, scope: server}]}
        tests:
          - name: refused
            tool: pip-install
            args: {packages: [flask]}
            expect: deny
            rule: pinned only
          - {tool: gone, expect: hidden, rule: (hidden), grant: g, session: s, category: read}
        """

    @Test func `the example of the language loads with its meaning`() throws {
        let policy = try Loading.policy(Self.example)
        #expect(policy.warnings == [])
        #expect(policy.dialect == .sandboa && policy.mode == .observe && policy.fallback == .deny)
        #expect(
            policy.sections.map(\.target) == [.glob("pip-*"), .everyTool, .category(.destructive)])
        let pip = policy.sections[0].rules
        #expect(
            pip.map(\.name) == [
                "pip-*#profile", "pinned only", "upgrades need a person", "daily budget",
            ])
        #expect(pip.map(\.word) == ["nothing", "require", "approval", "nothing"])
        #expect(pip[0].profile == "no-network")
        #expect(pip[0].limits?.memoryBytes == 512 << 20)
        #expect(pip[0].limits?.wallMilliseconds == 60_000)
        #expect(pip[1].tests.map(\.onMissing) == [.deny])
        guard case .approval(let approval) = pip[2].demand else { return }
        #expect(approval.timeoutMilliseconds == 90_000)
        #expect(pip[2].when?.tests.count == 1)
        #expect(pip[3].limit?.line == "30 pip-*.installs sliding 86400s session")
    }

    @Test func `what concerns one category or every tool is put together`() throws {
        let policy = try Loading.policy(Self.example)
        let every = policy.sections[1].rules
        #expect(every.map(\.name) == ["*#1", "/all_tools/limits/all"])
        #expect(
            every.compactMap(\.limit?.line) == [
                "5 _global._rate_10m sliding 600s session",
                "1000 _global.all sliding 3600s server",
            ])
        #expect(every.map(\.isObserved) == [true, false])
        #expect(policy.sections[2].rules.map(\.name) == ["*#0", "category:destructive#0"])
        #expect(policy.sections[2].rules.map(\.word) == ["refusal", "approval"])
    }

    @Test func `tests are calls with verdicts`() throws {
        let tests = try Loading.policy(Self.example).tests
        #expect(tests.map(\.expected) == [.deny, .hidden])
        #expect(tests.map(\.rule) == ["pinned only", "(hidden)"])
        #expect(tests[0].name == "refused" && tests[0].mark.line == 30)
        #expect(tests[0].call.arguments == ["packages": ["flask"]])
        #expect(tests[1].call.grant == "g" && tests[1].call.session == "s")
        #expect(tests[1].call.category == .read)
    }

    @Test func `one rule can demand several things under one name`() throws {
        let policy = try Loading.policy(
            Loading.native(
                """
                - name: n
                  when:
                    any:
                      - {path: args.a, op: exists, value: true}
                      - {not: {path: args.b, op: eq, value: 1}}
                  deny_if: {path: args.c, op: eq, value: 1}
                  require:
                    - {path: args.d, op: prefix, value: x}
                    - {path: args.d, op: suffix, value: y}
                  action: require_approval
                  validate: {required_args: true}
                  limit:
                    {counter: c, max: 3, window: minute, cost: 2, charge: success,
                     kind: sliding, scope: client}
                  profile: compute
                  on_deny: no
                """))
        let rules = policy.sections[0].rules
        #expect(rules.map(\.name) == ["n.required_args", "n", "n", "n"])
        #expect(rules.map(\.word) == ["required arguments", "refusal", "require", "approval"])
        #expect(rules.map { $0.when?.tests.count } == [2, 3, 2, 2])
        #expect(rules.map { $0.limit?.most } == [nil, nil, nil, 3])
        #expect(rules.last?.limit?.line == "3 t.c sliding 60s client")
        #expect(rules.last?.limit?.charge == .success)
        #expect(rules.map(\.profile) == [nil, nil, nil, "compute"])
    }

    @Test(arguments: [
        "{op: is, value: 1.0}", "{op: same, value: {a: [null]}}", "{op: prefix, value: a}",
        "{op: suffix, value: a}", "{op: glob, value: 'a*'}", "{op: path_within, value: /w}",
        "{op: host_in, value: [a.example, .b.example]}", "{op: host_in, value: a.example}",
        "{op: cidr, value: 10.0.0.0/8}", "{op: cidr, value: 'fd00::/8'}",
        "{op: cidr, value: '::1/128'}", "{op: length, value: 3}",
        "{op: length, value: {gte: 1, lt: 9}}", "{op: type, value: string}",
        "{op: type, value: null}", "{op: eq, value: 1, on_missing: allow}",
    ])
    func `every operator of ours loads`(test: String) throws {
        let text = test.replacing("{op:", with: "{path: args.a, op:")
        #expect(Loading.errors(Loading.native("- {require: \(text)}")) == [])
    }

    @Test(arguments: [
        "{op: prefix, value: ''}", "{op: prefix, value: [a]}", "{op: host_in, value: []}",
        "{op: host_in, value: ['https://a.example/']}", "{op: host_in, value: ['*.a.example']}",
        "{op: cidr, value: 10.0.0.1/8}", "{op: cidr, value: 10.0.0.0/33}",
        "{op: cidr, value: 10.0.0/8}", "{op: cidr, value: 010.0.0.0/8}",
        "{op: cidr, value: 'fd00::1::/8'}", "{op: cidr, value: '1:2:3:4:5:6:7:8:9/128'}",
        "{op: length, value: -1}", "{op: length, value: {}}", "{op: length, value: {max: 3}}",
        "{op: type, value: text}", "{op: eq, value: 1, on_missing: refuse}",
        "{op: eq, value: 1, all: []}", "{op: matches, value: 1}",
    ])
    func `an operator of ours with a wrong value is refused`(test: String) {
        let text = test.replacing("{op:", with: "{path: args.a, op:")
        #expect(!Loading.errors(Loading.native("- {require: \(text)}")).isEmpty)
    }

    @Test(arguments: [
        "- {}", "- {name: n}", "- {action: evaluate}", "- {require: []}", "- {require: {all: []}}",
        "- {action: deny, limit: {counter: c, max: 1, window: day}}",
        "- {action: deny, require: {path: args.a, op: eq, value: 1}}",
        "- {rate_limit: 1/day, limit: {counter: c, max: 1, window: day}}",
        "- {limit: {counter: c, max: 1}}", "- {limit: {counter: c, max: 1, window: 1500ms}}",
        "- {limit: {counter: c, max: 1, window: 10m, kind: calendar}}",
        "- {limit: {counter: c, max: 1, window: 800h}}",
        "- {limit: {counter: c, max: 1, window: day, cost: 0}}",
        "- {limit: {counter: c, max: 1, window: day, cost: 'args.a[*]'}}",
        "- {limit: {counter: c, max: 1, window: day, charge: later}}",
        "- {action: require_approval, approval: {timeout: 2h}}",
        "- {action: require_approval, approval: {on_timeout: allow}}",
        "- {rate_limit: 1/day, approval: {timeout: 90s}}", "- {profile: ../x}",
        "- {profile: a, sandbox: b}", "- {limits: {}}",
        "- {limits: {memory: 1G}}", "- {limits: {wall: 0s}}", "- {limits: {procs: 1}}",
        "- {action: deny, category: destructive}", "- {action: deny, observe: 1}",
        "- {action: deny, classify: Execute}",
        "- {deny_if: {path: state.t.nothing, op: gt, value: 1}}",
    ])
    func `a rule of ours that can't be right is refused`(rule: String) {
        #expect(!Loading.errors(Loading.native(rule)).isEmpty)
    }

    @Test(arguments: [
        "mode: dry", "counters: {scope: team}", "counters: {window: bucket}", "hide: ['a*']",
        "categories: {harmless: {}}", "tests: [{tool: t}]", "tests: [{expect: deny}]",
        "tests: [{tool: t, expect: no}]", "tests: [{tool: t, expect: deny, rule: nobody}]",
        "tests: [{tool: t, expect: deny, args: []}]", "sandbox_profiles: {}",
    ])
    func `a setting of ours that can't be right is refused`(line: String) {
        let text = "version: 1\ndialect: sandboa\ndefault: deny\n\(line)\n"
        #expect(Loading.problems(text).count == 1)
    }

    @Test func `what a rule says of missing arguments is not about when it applies`() throws {
        let rule = try #require(
            try Loading.policy(
                Loading.native(
                    """
                    - when: {path: args.a, op: eq, value: 1}
                      require: {path: args.b, op: eq, value: 1}
                      on_missing: deny
                    - when: {path: args.c, op: eq, value: 1}
                      action: deny
                      on_missing: deny
                    """)
            ).sections.first)
        #expect(rule.rules.map { $0.when?.tests.first?.onMissing } == [nil, .deny])
        #expect(rule.rules[0].tests.first?.onMissing == .deny)
    }

    @Test func `a default has to be said`() {
        #expect(Loading.problems("version: 1\ndialect: sandboa").map(\.key) == ["default"])
    }

    @Test func `a negated test of a denial is warned of when absence escapes it`() throws {
        let open = "- {action: deny, when: {not: {path: args.a, op: prefix, value: x}}}"
        #expect(try Loading.policy(Loading.native(open)).warnings.count == 1)
        let closed = "- {deny_if: {not: {path: args.a, op: prefix, value: x}}, on_missing: deny}"
        #expect(try Loading.policy(Loading.native(closed)).warnings == [])
    }

    @Test func `counters are read across sections, dots and quotes included`() throws {
        let text = """
            version: 1
            dialect: sandboa
            default: deny
            tools:
              a: {rules: [{limit: {counter: b.c, max: 1, window: day}}]}
              "*": {rules: [{category: write, rate_limit: 3/day}]}
              t:
                rules:
                  - require:
                      - {path: state.a.b.c, op: eq, value: 0}
                      - {path: 'state."a"."b.c"', op: eq, value: 0}
                      - {path: 'state.category:write._rate_day', op: eq, value: 0}
            """
        let policy = try Loading.policy(text)
        let paths = policy.sections.last?.rules[0].tests.map(\.path)
        let counter = CounterName(group: "a", counter: "b.c")
        let category = CounterName(group: "category:write", counter: "_rate_day")
        #expect(paths == [.state(counter), .state(counter), .state(category)])
    }
}
