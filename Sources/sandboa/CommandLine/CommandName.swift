/// Every command, by the words that call it.
enum CommandName: String, CaseIterable, Sendable {
    case serve, exec, repl, call, tools
    case policyCheck = "policy check"
    case policyEval = "policy eval"
    case policyExplain = "policy explain"
    case policyTest = "policy test"
    case policyCoverage = "policy coverage"
    case policyDiff = "policy diff"
    case policyReplay = "policy replay"
    case policySuggest = "policy suggest"
    case policyConvert = "policy convert"
    case policyFormat = "policy fmt"
    case classify
    case auditVerify = "audit verify"
    case auditTail = "audit tail"
    case auditSearch = "audit search"
    case auditExport = "audit export"
    case doctor, bench, demo
    case config
    case envList = "env list"
    case envBuild = "env build"
    case envRemove = "env remove"
    case envStatus = "env status"
    case envPackages = "env packages"
    case completions, man, help, version

    /// One word, or a family's name and one word.
    var words: [String] {
        rawValue.split(separator: " ").map(String.init)
    }
}
