// The shipped file is YAML; its reader keeps lines and columns, so errors can name them.

import Notation

extension SyscallTable {
    /// The table in a YAML text, such as `sandbox/seccomp/x86_64.yaml`.
    package init(parsing text: [UInt8]) throws(SyscallTableError) {
        let node: YAMLNode
        let json: JSON
        do {
            node = try YAML.load(text)
            json = try node.json()
        } catch {
            throw SyscallTableError(
                place: [], problem: "is no YAML: \(error.reason)", position: error.position)
        }
        do {
            try self.init(loading: json)
        } catch {
            throw SyscallTableError(
                place: error.place, problem: error.problem, position: node.position(of: error.place)
            )
        }
    }
}

extension YAMLNode {
    /// Where the value at `place` is written, or the closest value around it that exists.
    fileprivate func position(of place: [SyscallTableError.Step]) -> YAMLPosition {
        var node = self
        var position = position
        for step in place {
            switch step {
            case .member(let name):
                guard let entry = node.entries?.first(where: { $0.key == name }) else {
                    return position
                }
                (node, position) = (entry.value, entry.keyPosition)
            case .item(let index):
                guard let items = node.elements, items.indices.contains(index) else {
                    return position
                }
                (node, position) = (items[index], items[index].position)
            }
        }
        return position
    }
}
