// Reads what arguments say about a tool: free text that will be obeyed, a choice of actions,
// money, force.
//
// INVARIANT: no recursion, at most `maxArguments` arguments at `maxDepth` levels are looked at.

internal import Notation

struct SchemaReader {
    static let maxArguments = 256
    static let maxDepth = 4
    static let maxValues = 64

    private enum Weight {
        static let code = 700
        static let perhapsCode = 300
        static let action = 500
        static let money = 600
        static let force = 200
        static let look = 100
    }

    private var reading = SchemaReading()
    private var names: Set<String> = []

    static func read(_ schema: JSON) -> SchemaReading {
        var reader = SchemaReader()
        var left = maxArguments
        var level = [schema]
        for _ in 0..<maxDepth {
            var next: [JSON] = []
            for schema in level {
                for (name, argument) in properties(of: schema) where left > 0 {
                    left -= 1
                    reader.take(name, argument)
                    next.append(argument)
                }
            }
            level = next
        }
        reader.judgeMoney()
        return reader.reading
    }

    /// The properties of an object schema, of its items, and of its alternatives.
    private static func properties(of schema: JSON) -> [JSONObject.Element] {
        var schemas = [schema]
        if let items = schema["items"] { schemas.append(items) }
        for key in ["anyOf", "oneOf", "allOf"] {
            schemas += schema[key]?.asArray?.prefix(maxValues) ?? []
        }
        return schemas.flatMap { schema -> [JSONObject.Element] in
            guard let properties = schema["properties"]?.asObject else { return [] }
            return Array(properties.prefix(maxArguments))
        }
    }

    private mutating func take(_ name: String, _ argument: JSON) {
        let tokens = NameTokens.split(name)
        let joined = tokens.joined()
        names.insert(joined)
        let values = Self.values(of: argument)
        if values.isEmpty {
            judgeText(name, joined, argument)
        } else if Self.choices.contains(joined) {
            for value in values { judgeAction(value) }
        }
        switch joined {
        case "force", "forced", "forcedelete", "purge", "cascade", "permanent":
            add(.argument, name, .destructive, Weight.force)
        case "overwrite", "fix", "autofix", "inplace", "write":
            add(.argument, name, .write, Weight.force)
        case "dryrun", "preview", "whatif", "checkonly":
            add(.argument, name, .read, Weight.look)
            if argument["default"]?.asBool == true { reading.isDryByDefault = true }
        case "url", "uri", "path", "filepath":
            add(.argument, name, .read, Weight.look)
        default: break
        }
    }

    /// Free text that something obeys.
    private mutating func judgeText(_ name: String, _ joined: String, _ argument: JSON) {
        guard Self.isText(argument) else { return }
        if Self.commands.contains(joined) {
            add(.argument, name, .execute, Weight.code)
            reading.takesCode = true
        } else if Self.perhapsCode.contains(joined), !Self.isShort(argument) {
            add(.argument, name, .execute, Weight.perhapsCode)
            reading.mayTakeCode = true
        } else if Self.passedOn.contains(joined) {
            add(.argument, name, .execute, Weight.force)
        }
    }

    private mutating func judgeAction(_ value: String) {
        let read = NameReader(value).read()
        guard let category = read.category else { return }
        add(.action, value, category, Weight.action)
        if read.installs { reading.installs = true }
    }

    private mutating func judgeMoney() {
        let amount = names.intersection(["amount", "price", "total"]).sorted().first
        if let amount, !names.isDisjoint(with: ["currency", "currencycode", "recipient", "payee"]) {
            add(.argument, amount, .financial, Weight.money)
        }
        let accounts: Set<String> = [
            "accountnumber", "cardnumber", "cvc", "cvv", "iban", "paymentmethod",
            "paymentmethodid", "routingnumber",
        ]
        if let account = names.intersection(accounts).sorted().first {
            add(.argument, account, .financial, Weight.money)
        }
    }

    private mutating func add(
        _ kind: Evidence.Kind, _ text: String, _ category: Category, _ weight: Int
    ) {
        reading.evidence.append(Evidence(kind, text, category, weight: weight))
    }

    // MARK: Schemas

    private static func values(of argument: JSON) -> [String] {
        let alternatives = (argument["oneOf"] ?? argument["anyOf"])?.asArray ?? []
        let constants = alternatives.prefix(maxValues).compactMap { $0["const"]?.asString }
        let listed = argument["enum"]?.asArray ?? argument["items"]?["enum"]?.asArray ?? []
        return listed.prefix(maxValues).compactMap(\.asString) + constants
    }

    /// Text, or a list of texts; an argument of no stated type may be text.
    private static func isText(_ argument: JSON) -> Bool {
        switch argument["type"] {
        case nil: true
        case .string("string"): true
        case .string("array"): argument["items"].map(isText) ?? true
        case .array(let types): types.contains(.string("string"))
        default: false
        }
    }

    /// A postal or a confirmation code is not a program.
    private static func isShort(_ argument: JSON) -> Bool {
        if argument["pattern"] != nil { return true }
        return argument["maxLength"]?.asInteger.map { $0 <= 64 } ?? false
    }

    private static let commands: Set<String> = [
        "bash", "cmd", "command", "commandline", "commands", "javascript", "js", "powershell",
        "pythoncode", "script", "shell", "shellcommand", "sourcecode", "sql", "sqlquery",
    ]
    private static let perhapsCode: Set<String> = [
        "code", "cypher", "expression", "function", "program", "query", "snippet", "source",
        "statement", "statements",
    ]
    /// Words handed on to a program.
    private static let passedOn: Set<String> = [
        "additionalargs", "args", "arguments", "extraargs", "extraarguments", "flags",
    ]
    private static let choices: Set<String> = [
        "action", "actions", "command", "method", "mode", "op", "operation", "subcommand", "verb",
    ]
}
