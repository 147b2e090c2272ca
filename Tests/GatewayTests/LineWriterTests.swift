// Lines go out whole, from however many threads.

import Kernel
import Testing

@testable import Gateway

@Suite struct LineWriterTests {
    @Test func `lines from many threads are never mixed`() throws {
        var pipe = try Pipe()
        let reader = pipe.takeReader()
        let threads = 8
        let each = 50
        do {
            let writer = LineWriter(pipe.takeWriter())
            for number in 0..<threads {
                let line = [UInt8](repeating: UInt8(ascii: "a") + UInt8(number), count: 5000)
                try Threads.start { for _ in 0..<each { writer.write(line) } }
            }
        }
        var bytes: [UInt8] = []
        while case let part = try reader.read(limit: 65_536), !part.isEmpty { bytes += part }
        let lines = bytes.split(separator: 0x0A)
        #expect(lines.count == threads * each)
        #expect(lines.allSatisfy { $0.count == 5000 && Set($0).count == 1 })
    }

    @Test func `once the client is gone everything further is dropped`() async {
        await #expect(processExitsWith: .success) {
            try Signal.ignore(Signal.pipe)
            var pipe = try Pipe()
            do { _ = pipe.takeReader() }
            let writer = LineWriter(pipe.takeWriter())
            for _ in 0..<3 { writer.write(Array("gone".utf8)) }
        }
    }
}
