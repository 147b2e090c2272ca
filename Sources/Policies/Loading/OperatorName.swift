/// The operators as policies spell them.
enum OperatorName: String, CaseIterable {
    case eq, neq, `in`
    case notIn = "not_in"
    case lt, lte, gt, gte, regex, contains, exists
    case same, prefix, suffix, glob
    case pathWithin = "path_within"
    case hostIn = "host_in"
    case cidr, length, type

    /// `is` is another word for `same`. Nil: no operator of the dialect.
    init?(_ text: String, isNative: Bool) {
        guard let name = text == "is" ? .same : OperatorName(rawValue: text),
            isNative || name.isOfIntercept
        else { return nil }
        self = name
    }

    static func names(isNative: Bool) -> [String] {
        allCases.filter { isNative || $0.isOfIntercept }.map(\.rawValue)
    }

    private var isOfIntercept: Bool {
        switch self {
        case .eq, .neq, .in, .notIn, .lt, .lte, .gt, .gte, .regex, .contains, .exists: true
        default: false
        }
    }
}
