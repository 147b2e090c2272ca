// A port that takes connections and says nothing.

import Foundation

final class SilentServer {
    struct NotMade: Error {}

    let port: UInt16
    private let descriptor: Int32

    init() throws {
        port = try RedisServer.freePort()
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0, listen(descriptor, 8) == 0 else { throw NotMade() }
    }

    deinit { close(descriptor) }
}
