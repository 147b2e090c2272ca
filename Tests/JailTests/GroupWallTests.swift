// Control groups on this machine: made, used and taken away, or missing with a reason.

import Foundation
import Testing

@testable import Jail

@Suite(.serialized) struct GroupWallTests {
    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test func `what is there is made and taken away, what is not has a reason`() throws {
        let wall = GroupWall.prepare()
        defer { wall.remove() }
        if wall.controllers.count < 2 { #expect(wall.missing.count > 10) }
        #expect((wall.version == 0) == wall.controllers.isEmpty)
        for directory in wall.directories { #expect(exists(directory)) }
        wall.remove()
        for directory in wall.directories { #expect(!exists(directory)) }
    }

    @Test func `a slot's groups carry its limits and go with it`() throws {
        let wall = GroupWall.prepare()
        defer { wall.remove() }
        let group = try SlotGroup(wall, name: "slot-0", memoryBytes: 64 << 20, processes: 17)
        #expect(group.names == wall.controllers.map(\.name))
        for controller in wall.controllers {
            let directory = "\(controller.directory)/slot-0"
            #expect(exists(directory))
            guard controller.name == "pids" else { continue }
            #expect(try GroupWall.text(of: "\(directory)/pids.max") == "17\n")
        }
        #expect(group.memoryKills == 0)
        group.remove()
        for controller in wall.controllers { #expect(!exists("\(controller.directory)/slot-0")) }
    }

    @Test func `what a killed server left is swept, a living one's stays`() throws {
        let wall = GroupWall.prepare()
        defer { wall.remove() }
        // No process has a number this large: pid_max is at most 2^22.
        let dead = wall.directories.map {
            URL(filePath: $0).deletingLastPathComponent().path(percentEncoded: false)
                + "sandboa-99999999"
        }
        for directory in dead {
            try FileManager.default.createDirectory(
                atPath: "\(directory)/slot-3", withIntermediateDirectories: true)
        }
        let again = GroupWall.prepare()
        for directory in dead { #expect(!exists(directory)) }
        #expect(again.directories == wall.directories)
        for directory in wall.directories { #expect(exists(directory)) }
    }
}
