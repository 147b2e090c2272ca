// Which rules concern a call, in which order.
//
// A tool that is another name of a handler answers to the rules of both names: an alias must not
// be a way around what the policy says about the tool behind it.

internal import Notation

/// The sections that concern a call, one after the other: those of the tool itself, those of
/// globs that cover it (longest first), the same for its handler, those of its category, those of
/// every tool. Each comes once.
struct RuleWalk {
    private enum Stage: Int {
        case own, ownGlobs, handler, handlerGlobs, category, everyTool
    }

    let ownPlan: Int?
    let handlerPlan: Int?
    private let hasHandler: Bool
    private var stage: Stage? = .own
    private var place = 0

    init(_ call: PolicyCall, in policy: CompiledPolicy) {
        ownPlan = policy.plan(of: call.tool)
        if let handler = call.handler, !handler.hasSameBytes(as: call.tool) {
            hasHandler = true
            handlerPlan = policy.plan(of: handler)
        } else {
            hasHandler = false
            handlerPlan = nil
        }
    }

    mutating func next(for call: PolicyCall, in policy: CompiledPolicy) -> Int? {
        while let stage {
            let list = sections(at: stage, for: call, in: policy)
            while place < list.count {
                let section = list[place]
                place += 1
                if concerns(section, at: stage, call, policy) { return section }
            }
            let isLastOfOwn = stage == .ownGlobs && !hasHandler
            self.stage = isLastOfOwn ? .category : Stage(rawValue: stage.rawValue + 1)
            place = 0
        }
        return nil
    }

    private func sections(
        at stage: Stage, for call: PolicyCall, in policy: CompiledPolicy
    ) -> [Int] {
        switch stage {
        case .own: ownPlan.map { policy.plans[$0].exact } ?? []
        case .ownGlobs: ownPlan.map { policy.plans[$0].globs } ?? policy.globs
        case .handler: handlerPlan.map { policy.plans[$0].exact } ?? []
        case .handlerGlobs:
            handlerPlan.map { policy.plans[$0].globs } ?? policy.globs
        case .category: policy.byCategory.isEmpty ? [] : policy.byCategory[call.category] ?? []
        case .everyTool: policy.everyTool
        }
    }

    /// Named tools have lists of their own; for others every glob is asked.
    private func concerns(
        _ section: Int, at stage: Stage, _ call: PolicyCall, _ policy: CompiledPolicy
    ) -> Bool {
        switch stage {
        case .ownGlobs where ownPlan == nil:
            policy.sections[section].covers(call.tool)
        case .handlerGlobs:
            (handlerPlan != nil || call.handler.map(policy.sections[section].covers) == true)
                && !policy.sections[section].covers(call.tool)
        default: true
        }
    }
}
