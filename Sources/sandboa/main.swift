import Engine
import Jail
import Kernel
import Wire

func go() {
    do {
        let installation = try Installation.find()
        let profile = try Profile.load("\(installation.share)/sandbox/profiles/compute.yaml")
        let t0 = Moment.now
        let configuration = try EngineConfiguration(
            installation: installation, profile: profile, environment: nil, required: nil)
        let t1 = Moment.now
        let engine = Engine(configuration)
        try engine.start()
        let walls = try engine.waitUntilReady()
        let t2 = Moment.now
        print("configured \(t1.nanoseconds(since: t0) / 1000) us, ready \(t2.nanoseconds(since: t1) / 1000) us")
        for wall in walls { print(wall.name, wall.detail) }
        for code in CommandLine.arguments.dropFirst() {
            for _ in 0..<5 {
            let start = Moment.now
            let finished = try engine.run(RunRequest(job: Job(code: code), limitMilliseconds: 3000), on: .std)
            let took = Moment.now.nanoseconds(since: start) / 1000
            print(took, "us", finished.outcome.status, finished.outcome.output.text, finished.outcome.errors.text, finished.outcome.report?.value ?? "", finished.outcome.report?.traceback ?? "", finished.outcome.report?.errorMessage ?? "", finished.outcome.cause?.message ?? "", finished.outcome.usage)
            let s2 = Moment.now
            engine.release(finished, on: .std)
            print("release", Moment.now.nanoseconds(since: s2) / 1000)
            }
        }
        engine.end()
    } catch { print("failed", error) }
}
go()
