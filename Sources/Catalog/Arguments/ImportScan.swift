// A guess, from the text of a program, at what it will import.

package import Wire

/// Chooses the template. A wrong guess costs time, never correctness: both templates can import
/// the same packages, one has them ready.
package enum ImportScan {
    private static let dataModules: Set<String> = ["numpy", "pandas", "matplotlib", "scipy"]
    private static let most = 2_000

    /// The template to run a program from that asks for no environment. `hasData`: the data
    /// environment has been built.
    package static func template(for code: String, hasData: Bool) -> TemplateName {
        hasData && wantsData(code) ? .sci : .std
    }

    /// Whether a line of the program seems to import a package of the data environment.
    package static func wantsData(_ code: String) -> Bool {
        var lines = 0
        for line in code.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x3B }) {
            lines += 1
            if lines > most { return false }
            let words = line.split(
                maxSplits: 8, whereSeparator: { $0 == 0x20 || $0 == 0x09 || $0 == 0x2C })
            guard let first = words.first, isImport(first) else { continue }
            for word in words.dropFirst() {
                let name = word.prefix { $0 != 0x2E && $0 != 0x0D && $0 != 0x23 }
                if dataModules.contains(String(Substring(name))) { return true }
            }
        }
        return false
    }

    private static func isImport(_ word: Substring.UTF8View) -> Bool {
        word.elementsEqual("import".utf8) || word.elementsEqual("from".utf8)
    }
}
