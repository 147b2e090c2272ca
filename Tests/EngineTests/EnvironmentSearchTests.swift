// Which Pythons are found in a made-up tree, under which names, and what is said to be wrong.

import Kernel
import Testing
import Wire

@testable import Engine

@Suite struct EnvironmentSearchTests {
    private func found(_ place: Place) -> [String: EnvironmentState] {
        let all = place.search().list().environments
        return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
    }

    @Test func `without anything there is the embedded Python alone`() throws {
        let place = try Place()
        let search = place.search(hasWorkspace: false)
        let listing = search.list()
        #expect(listing.environments.map(\.name) == ["system"] && listing.notes.isEmpty)
        #expect(listing.environments[0].version == "3.11.2")
        #expect(listing.environments[0].fault == nil && listing.environments[0].kind == .system)
        #expect(try search.environment(named: "default") == listing.environments[0])
    }

    @Test func `a healthy one of each kind has its version and no fault`() throws {
        let place = try Place()
        try place.makeVirtual("workspace/.venv")
        try place.makePython("pyenv/3.11.7", version: "3.11.7")
        try place.makePython("root/envs/web", version: "3.11.5")
        try place.write("root/envs/web/conda-meta/history")
        try place.write("root/envs/web/conda-meta/python-3.11.5-h955ad1f_0.json")
        try place.write("root/envs/web/conda-meta/python-dateutil-2.8.2-pyhd_0.json")
        try place.write("conda.txt", place("root/envs/web") + "\n")
        try place.write("share/sandbox/environments/data.lock", "lock")
        try place.makeVirtual("home/environments/data")
        try place.write("home/environments/data/sandboa-lock", "lock")
        let all = place.search().list()
        #expect(all.notes.isEmpty)
        #expect(
            all.environments.map(\.name) == [
                "system", "data", "pyenv:3.11.7", "conda:web", ".venv",
            ])
        #expect(all.environments.map(\.kind) == [.system, .managed, .pyenv, .conda, .venv])
        #expect(
            all.environments.map(\.version) == [
                "3.11.2", "3.11.2", "3.11.7", "3.11.5", "3.11.2",
            ])
        for environment in all.environments {
            #expect(environment.fault == nil, "\(environment.name)")
        }
        #expect(all.environments[4].path == place("workspace/.venv/bin/python3"))
    }

    @Test func `another series is listed and said to be of no use for running`() throws {
        let place = try Place()
        try place.makePython("pyenv/2.7.18", version: "2.7.18")
        try place.makePython("pyenv/pypy3.10-7.3", version: "3.10.0")
        try place.makeVirtual("workspace/old", version: "3.9.1")
        let all = found(place)
        #expect(all["pyenv:2.7.18"]?.fault?.contains("runs have Python 3.11") == true)
        #expect(all["pyenv:pypy3.10-7.3"]?.version == "3.10")
        #expect(all["old"]?.version == "3.9.1")
        #expect(all["old"]?.fault?.contains("no code runs") == true)
    }

    @Test func `what is wrong with an environment is said in a sentence each`() throws {
        let place = try Place()
        try place.makeVirtual("workspace/gone", python: "/usr/bin/python-that-is-not-there")
        try place.makeVirtual("workspace/far", python: place("elsewhere/python"))
        try place.write("elsewhere/python")
        try place.makeVirtual("workspace/up", python: "../../../../usr/bin/python3")
        try place.write("workspace/bare/pyvenv.cfg", "version = 3.11.2\n")
        try place.link("workspace/loop/bin/python3", to: "python")
        try place.link("workspace/loop/bin/python", to: "python3")
        try place.write("workspace/loop/pyvenv.cfg", "home = /usr/bin\nversion = 3.11.2\n")
        try place.directory("workspace/loop/lib/python3.11/site-packages")
        let all = found(place)
        #expect(all["gone"]?.fault?.contains("does not exist") == true)
        // Whether it exists is not told: it is nobody's business in the workspace.
        #expect(all["far"]?.fault?.contains("outside of what is looked at") == true)
        #expect(all["up"]?.fault?.contains("outside of what is looked at") == true)
        #expect(all["loop"]?.fault?.contains("too many links") == true)
        let bare = all["bare"]?.fault ?? ""
        for part in ["does not say where its Python is", "bin can't", "lib can't"] {
            #expect(bare.contains(part), "\(bare)")
        }
        #expect(all["bare"]?.path == place("workspace/bare") && all["bare"]?.version == "3.11.2")
    }

    @Test func `a virtual environment made from pyenv's Python is whole`() throws {
        let place = try Place()
        try place.makePython("pyenv/3.11.7", version: "3.11.7")
        try place.makeVirtual(
            "workspace/.venv", version: "3.11.7", python: place("pyenv/3.11.7/bin/python3.11"))
        #expect(found(place)[".venv"]?.fault == nil)
        try Files.remove(place("pyenv/3.11.7/bin/python3.11"))
        #expect(found(place)[".venv"]?.fault?.contains("does not exist") == true)
    }

    @Test func `three levels down are looked at, and nothing inside of an environment`() throws {
        let place = try Place()
        for path in ["a/b/c", "a/b/c/d", "x/y", "x/y/inner"] {
            try place.makeVirtual("workspace/\(path)")
        }
        #expect(Set(found(place).keys) == ["system", "a/b/c", "x/y"])
    }

    @Test func `the workspace itself may be one`() throws {
        let place = try Place()
        try place.makeVirtual("workspace")
        #expect(try place.search().environment(named: ".").kind == .venv)
    }

    @Test func `names are unique whatever directories are called`() throws {
        let place = try Place()
        try place.write("share/sandbox/environments/data.lock", "lock")
        for name in ["system", "default", "data", "pyenv:3.11.7"] {
            try place.makeVirtual("workspace/\(name)")
        }
        try place.makePython("pyenv/3.11.7", version: "3.11.7")
        let search = place.search()
        let names = search.list().environments.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(
            Set(names) == [
                "system", "data", "pyenv:3.11.7", "./system", "./default", "./data",
                "./pyenv:3.11.7",
            ])
        #expect(try search.environment(named: "system").kind == .system)
        #expect(try search.environment(named: "default").kind == .system)
        #expect(try search.environment(named: "./default").kind == .venv)
        #expect(try search.environment(named: "data").fault?.contains("not built") == true)
    }

    @Test func `a virtual environment is found by its path, however it is written`() throws {
        let place = try Place()
        try place.makeVirtual("workspace/sub/.venv")
        let search = place.search()
        for name in ["sub/.venv", "./sub/.venv", "sub/.venv/", "./sub/.venv//"] {
            #expect(try search.environment(named: name).name == "sub/.venv")
        }
    }

    @Test func `an unknown name is refused with those there are`() throws {
        let place = try Place()
        try place.makeVirtual("workspace/.venv")
        let refusal = #expect(throws: EnvironmentRefusal.self) {
            try place.search().environment(named: ".vemv\u{1B}[2J")
        }
        #expect(refusal?.code == .notFound)
        #expect(refusal?.reason.contains("system, default, .venv") == true)
        #expect(refusal?.reason.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
        let near = #expect(throws: EnvironmentRefusal.self) {
            try place.search().environment(named: "sytem")
        }
        #expect(near?.reason.contains("Did you mean 'system'?") == true)
    }

    @Test func `conda's base is told from its environments, and names from each other`() throws {
        let place = try Place()
        for path in ["conda", "conda/envs/web", "other/envs/web"] {
            try place.makePython(path, version: "3.11.4")
            try place.write("\(path)/conda-meta/history")
        }
        try place.directory("conda/condabin")
        try place.write(
            "conda.txt",
            ["conda", "conda/envs/web/", "other/envs/web", "gone", "conda"]
                .map { place($0) + "\n" }.joined() + "relative/path\n\n/\n")
        let all = found(place)
        #expect(
            Set(all.keys) == [
                "system", "conda-base", "conda:web", "conda:\(place("other/envs/web"))",
                "conda:gone",
            ])
        #expect(all["conda:gone"]?.fault?.contains("can't be looked into") == true)
        #expect(all["conda-base"]?.version == "3.11")
    }

    @Test func `pyenv's links to virtual environments are read, others only mentioned`() throws {
        let place = try Place()
        try place.makePython("pyenv/3.11.7", version: "3.11.7")
        let virtual = "pyenv/3.11.7/envs/web"
        let python = place("pyenv/3.11.7/bin/python3.11")
        try place.makeVirtual(virtual, version: "3.11.7", python: python)
        try place.link("pyenv/web", to: place(virtual))
        try place.link("pyenv/out", to: "/usr")
        try place.write("pyenv/notes.txt")
        let listing = place.search(hasWorkspace: false).list()
        #expect(
            listing.environments.map(\.name) == ["system", "pyenv:3.11.7", "pyenv:web"])
        #expect(listing.environments[2].fault == nil)
        #expect(listing.notes.count == 1 && listing.notes[0].contains("'out'"))
    }

    @Test func `a Python whose version is not known is compared with nothing`() throws {
        let place = try Place()
        try place.makeVirtual("workspace/.venv", version: "3.9.1")
        let embedded = EmbeddedPython(version: nil, fault: "The worker can't be asked.")
        let all = place.search(embedded: embedded).list().environments
        #expect(all[0].fault == "The worker can't be asked." && all[1].fault == nil)
    }
}
