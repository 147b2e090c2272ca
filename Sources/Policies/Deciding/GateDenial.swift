/// Why a call is denied before any rule is asked.
enum GateDenial {
    case hidden, longName, unlisted

    var rule: String { self == .hidden ? Verdict.hiddenRule : Verdict.defaultDenyRule }
}
