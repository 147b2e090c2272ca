import Notation
import Testing

@testable import sandboa

/// Words the tests know; the real lists come from the catalog and the engine.
let testVocabulary = Vocabulary([
    .tools: ["python_execute", "pip-install"], .toolSets: ["all", "core"],
    .walls: ["seccomp", "landlock", "cgroups"], .environments: ["data", "tools"],
])

/// Reads a line whose words are parted by single spaces.
func parse(_ line: String) throws(UsageError) -> Invocation {
    try CommandParser(vocabulary: testVocabulary).parse(line.split(separator: " ").map(String.init))
}

@Suite struct CommandParserTests {
    @Test(arguments: CommandTable.commands.map(\.name))
    func `every command is found by its words, with what it needs`(name: CommandName) throws {
        let sample = [
            "FILE": "a.py", "TOOL": "python_execute", "CLIENT": "cursor", "NAME": "data",
            "SHELL": "bash", "POLICY": "default", "OTHER": "strict",
        ]
        let needed = CommandTable.command(name).operands.filter { $0.count == .once }
        let words = name.words + needed.compactMap { sample[$0.name] }
        let invocation = try CommandParser(vocabulary: testVocabulary).parse(words)
        #expect(invocation.command == name)
        for operand in needed { #expect(invocation.text(operand) == sample[operand.name]) }
    }

    @Test func `a value follows its option as the next word or behind an equals sign`() throws {
        let apart = try parse("exec --processes 4 a.py")
        let joined = try parse("exec --processes=4 a.py")
        #expect(apart == joined)
        #expect(apart.integer(.processes) == 4)
    }

    @Test func `times and sizes are read with their units`() throws {
        let invocation = try parse("exec --timeout 1m30s --cpu=500ms --memory 256MiB --output 0B a")
        #expect(invocation.duration(.timeout) == .seconds(90))
        #expect(invocation.duration(.cpu) == .milliseconds(500))
        #expect(invocation.size(.memory) == 256 << 20)
        #expect(invocation.size(.output) == 0)
    }

    @Test func `options stand before and behind operands`() throws {
        #expect(try parse("exec a.py --json") == parse("exec --json a.py"))
        #expect(try parse("--json exec a.py") == parse("exec a.py --json"))
    }

    @Test func `an option that is not given has no value`() throws {
        let invocation = try parse("exec a.py")
        #expect(invocation.integer(.processes) == nil)
        #expect(invocation.duration(.timeout) == nil)
        #expect(invocation.size(.memory) == nil)
        #expect(invocation.names(.require) == nil)
        #expect(invocation.text(.template) == nil)
        #expect(invocation.pair(.runProfile) == nil)
        #expect(!invocation.has(.json))
    }

    @Test func `a program's own arguments are handed on untouched`() throws {
        let words = ["exec", "a.py", "--json", "--", "-x", "", "--help", "--", "b"]
        let invocation = try CommandParser().parse(words)
        #expect(invocation.text(.program) == "a.py")
        #expect(invocation.texts(.programArguments) == ["-x", "", "--help", "--", "b"])
        #expect(invocation.has(.json))
    }

    @Test func `two dashes let an operand begin with a dash`() throws {
        let words = ["call", "python_execute", "--", "-k=1"]
        let invocation = try CommandParser(vocabulary: testVocabulary).parse(words)
        #expect(invocation.pairs(.toolArguments) == [Pair(name: "-k", text: "1")])
        #expect(try CommandParser().parse(["exec", "-"]).text(.program) == "-")
    }

    @Test func `a tool's arguments keep their order and all behind the first equals`() throws {
        let words = ["call", "python_execute", "code=a = 1", "context=", "timeout=5=5"]
        let pairs = try CommandParser(vocabulary: testVocabulary).parse(words).pairs(.toolArguments)
        #expect(
            pairs == [
                Pair(name: "code", text: "a = 1"), Pair(name: "context", text: ""),
                Pair(name: "timeout", text: "5=5"),
            ])
    }

    @Test func `a tool's arguments come as a JSON object too`() throws {
        let words = ["call", "python_execute", "--arguments", #"{"code": "1", "n": 1.50}"#]
        let object = try CommandParser(vocabulary: testVocabulary).parse(words).object(.arguments)
        #expect(object == ["code": "1", "n": .number("1.50")])
    }

    @Test func `exec takes one profile, by its name or with a file`() throws {
        #expect(try parse("exec f.py").pair(.runProfile) == nil)
        let named = try parse("exec --profile interpreter f.py")
        #expect(named.pair(.runProfile) == Pair(name: "interpreter", text: ""))
        let replaced = try parse("exec --profile=a=/x f.py")
        #expect(replaced.pair(.runProfile) == Pair(name: "a", text: "/x"))
        #expect(throws: UsageError.self) { try parse("exec --profile a --profile b f.py") }
        for wrong in ["a/b", "a=", "=x"] {
            #expect(throws: UsageError.self) { try parse("exec --profile \(wrong) f.py") }
        }
    }

    @Test(arguments: ["serve", "call python_execute", "exec f.py"])
    func `a workspace can be named`(command: String) throws {
        #expect(try parse("\(command) --workspace /w").text(.workspace) == "/w")
        #expect(try parse(command).text(.workspace) == nil)
        #expect(throws: UsageError.self) { try parse("\(command) --workspace=") }
    }

    @Test func `profiles may be given several times, each name once`() throws {
        let invocation = try parse("serve --profile a=/x --profile=b=y=z")
        #expect(
            invocation.pairs(.profile) == [
                Pair(name: "a", text: "/x"), Pair(name: "b", text: "y=z"),
            ])
        #expect(throws: UsageError.self) { try parse("serve --profile a=/x --profile a=/y") }
    }

    @Test func `names joined by commas become a list`() throws {
        let invocation = try parse("serve --require seccomp,landlock --tools core,pip-install")
        #expect(invocation.names(.require) == ["seccomp", "landlock"])
        #expect(invocation.names(.toolSelection) == ["core", "pip-install"])
    }

    @Test func `a list nobody supplied takes every well-formed name`() throws {
        let invocation = try CommandParser().parse(["env", "build", "anything-1"])
        #expect(invocation.text(.environment) == "anything-1")
        #expect(throws: UsageError.self) { try CommandParser().parse(["env", "build", "../x"]) }
    }

    @Test(arguments: [
        ("", HelpTopic.everything), ("help", .everything), ("--help", .everything),
        ("-h", .everything), ("exec --help", .command(.exec)), ("--help exec", .command(.exec)),
        ("help exec", .command(.exec)), ("exec --no-such --help", .command(.exec)),
        ("exec --timeout --help", .command(.exec)), ("env --help", .family("env")),
        ("help env", .family("env")), ("env build -h", .command(.envBuild)),
        ("help env build", .command(.envBuild)), ("call python_execute --help", .command(.call)),
        ("help help", .command(.help)),
    ])
    func `help is found wherever it is asked for`(line: String, topic: HelpTopic) throws {
        let invocation = try parse(line)
        #expect(invocation == Invocation(command: .help, topic: topic))
    }

    @Test func `the version is an option and a command`() throws {
        #expect(try parse("--version") == parse("version"))
        #expect(try parse("--version --json").has(.json))
    }
}
