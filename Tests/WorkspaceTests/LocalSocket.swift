// A socket that stands in a directory, for tests of what is no file.

import Foundation

struct LocalSocket: ~Copyable {
    private let raw: CInt

    init(at path: String) throws {
        raw = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(raw, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard raw >= 0, result == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    deinit { close(raw) }
}
