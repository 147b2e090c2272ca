// A real redis-server on a loopback port, for the tests of one process.

import Foundation
import Kernel

/// A shell stands between: it ends the server when its standard input closes, which it does
/// however this process ends.
final class RedisServer: @unchecked Sendable {
    static let program = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    static var isInstalled: Bool { program != nil }

    struct NotStarted: Error {}

    let port: UInt16
    private let shell: CInt
    /// Nil once the server was ended.
    private var lifeline: Lifeline?

    /// What keeps the server: the end of a pipe that nobody else has.
    private final class Lifeline {
        let end: Descriptor
        init(_ end: consuming Descriptor) { self.end = end }
    }

    /// One for all tests that don't stop it.
    static let shared = Result { try RedisServer() }

    init(password: String? = nil, port wanted: UInt16? = nil) throws {
        guard let program = Self.program else { throw NotStarted() }
        port = try wanted ?? Self.freePort()
        var arguments = [
            program, "--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--appendonly",
            "no", "--dir", "/", "--loglevel", "warning",
        ]
        if let password { arguments += ["--requirepass", password] }
        let script = #""$0" "$@" & server=$!; read -r _ <&3; kill -9 $server; wait"#
        var pipe = try Kernel.Pipe()
        let reader = pipe.takeReader()
        let null = try Files.open("/dev/null")
        shell = try Processes.spawn(
            "/bin/sh", arguments: ["sh", "-c", script] + arguments, environment: [],
            descriptors: [null.raw, null.raw, null.raw, reader.raw])
        lifeline = Lifeline(pipe.takeWriter())
        let deadline = Date(timeIntervalSinceNow: 10)
        while !Self.answers(port) {
            guard Date() < deadline else { throw NotStarted() }
            usleep(5000)
        }
    }

    deinit { stop() }

    /// Ends the server, by the number the shell knows it by.
    func stop() {
        guard lifeline != nil else { return }
        lifeline = nil
        do { _ = try Processes.wait(shell) } catch { print("not reaped: \(error)") }
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
