// What a figure has to reach. Pure.

/// A bound that must be reached and one that is aimed at.
struct Bound: Hashable, Sendable {
    enum Direction: Hashable, Sendable { case atMost, atLeast }

    enum Verdict: String, Hashable, Sendable { case aim, pass, miss }

    let direction: Direction
    let must: Double
    let aim: Double?

    static func atMost(_ must: Double, aim: Double? = nil) -> Bound {
        Bound(direction: .atMost, must: must, aim: aim)
    }

    static func atLeast(_ must: Double, aim: Double) -> Bound {
        Bound(direction: .atLeast, must: must, aim: aim)
    }

    /// Of several ways to compute one figure the worst decides.
    func verdict(on figures: [Double]) -> Verdict {
        if let aim, figures.allSatisfy({ reaches(aim, $0) }) { return .aim }
        return figures.allSatisfy { reaches(must, $0) } ? .pass : .miss
    }

    private func reaches(_ bound: Double, _ figure: Double) -> Bool {
        switch direction {
        case .atMost: figure <= bound
        case .atLeast: figure >= bound
        }
    }
}
