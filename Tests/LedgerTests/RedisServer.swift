// A real redis-server on a loopback port, for the tests of one process.

import Foundation
import Testing

/// A shell stands between: it ends the server when its standard input closes, which it does
/// however this process ends.
final class RedisServer: @unchecked Sendable {
    static let program = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    static var isInstalled: Bool { program != nil }

    struct NotStarted: Error {}

    let port: UInt16
    private let place: Place
    private let shell = Process()
    private let lifeline = Pipe()

    /// One for all tests that don't stop it.
    static let shared = Result { try RedisServer() }

    init(password: String? = nil, port wanted: UInt16? = nil) throws {
        place = try Place()
        guard let program = Self.program else { throw NotStarted() }
        port = try wanted ?? Self.freePort()
        var arguments = [
            program, "--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--appendonly",
            "no", "--dir", place.path, "--loglevel", "warning",
        ]
        if let password { arguments += ["--requirepass", password] }
        shell.executableURL = URL(filePath: "/bin/sh")
        let script = #""$0" "$@" </dev/null & server=$!; read -r _; kill -9 $server; wait"#
        shell.arguments = ["-c", script] + arguments
        shell.standardInput = lifeline
        try shell.run()
        let deadline = Date(timeIntervalSinceNow: 10)
        while !Self.answers(port) {
            guard Date() < deadline else { throw NotStarted() }
            usleep(5000)
        }
    }

    deinit { stop() }

    /// Ends the server, by the number the shell knows it by.
    func stop() {
        guard shell.isRunning else { return }
        do { try lifeline.fileHandleForWriting.close() } catch { print("not ended: \(error)") }
        shell.waitUntilExit()
    }

    var address: String { "redis://127.0.0.1:\(port)" }

    private static func answers(_ port: UInt16) -> Bool {
        let socket = connected(port)
        guard socket >= 0 else { return false }
        close(socket)
        return true
    }

    private static func connected(_ port: UInt16) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(port)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result == 0 { return descriptor }
        close(descriptor)
        return -1
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }

    static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 ? getsockname(descriptor, $0, &size) : -1
            }
        }
        guard result == 0 else { throw NotStarted() }
        return UInt16(bigEndian: address.sin_port)
    }
}
