// The templates there are: which Python a worker is forked from.

/// A warm Python by name.
package enum TemplateName: String, Hashable, Sendable, CaseIterable {
    /// Python and the usual standard library, imported once.
    case std
    /// std, with numpy, pandas and matplotlib from the data environment imported as well.
    case sci

    /// What is imported beyond the standard list.
    package var modules: [String] {
        switch self {
        case .std: []
        case .sci: ["numpy", "pandas", "matplotlib", "matplotlib.pyplot"]
        }
    }

    /// Whether it needs the data environment.
    package var needsEnvironment: Bool { self == .sci }
}
