// list_installed_packages: what is installed in an environment.

import Notation
import Wire

/// Names and versions of the packages of one environment, by their metadata.
enum ListInstalledPackages: Tool {
    static let name = "list_installed_packages"

    static let declaration = Declaration(
        name: name,
        title: "List installed packages",
        upstream: .interpreter,
        description: """
            Lists name and version of every package installed in one environment, by the \
            packages' own metadata: nothing is imported and no pip is run. For the environments \
            themselves use \(ListPythonEnvironments.name).
            """,
        published: .read, effective: .read, risk: .low,
        input: [
            "type": "object",
            "properties": [
                "environment": EnvironmentArgument.schema(
                    preset: EnvironmentArgument.alias, "Name of the environment.")
            ],
            "additionalProperties": false,
        ],
        output: ResultSchema.object([
            "environment": EnvironmentState.schema,
            "count": ResultSchema.count,
            "packages": ResultSchema.list(
                of: ResultSchema.part(["name": ResultSchema.text, "version": ResultSchema.text])),
        ]),
        profile: "interpreter",
        hints: .init(readOnly: true, destructive: false, idempotent: true, openWorld: false),
        divergences: [
            "Packages that can't be counted are an error; upstream says that there are none.",
            "The names come from the metadata of the packages, not from pip, which may be missing.",
        ])

    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan {
        let name = arguments["environment"]?.asString ?? EnvironmentArgument.alias
        return Plan(.environments(.packages(of: name)), limits: setting.limits)
    }

    static func reply(to done: Done, of plan: Plan) -> Reply {
        guard case .environments(.packages(let environment, let packages, var notes)) = done
        else { return .refused(done) }
        var list = LineList()
        let shown = packages.prefix { package in
            list.add("- \(package.name.printable) \(package.version.printable)")
        }
        if list.omitted > 0 {
            notes.append("\(shown.count) of \(packages.count) packages are shown")
        }
        let owner = "the environment '\(environment.name.printable)'"
        let heading =
            packages.isEmpty
            ? "No packages are installed in \(owner)."
            : "\(Quantity.count(packages.count, "package")) in \(owner):\n\(list.text)"
        return Reply(
            heading,
            [
                "environment": environment.fields, "count": .integer(Int64(packages.count)),
                "packages": .array(
                    shown.map { ["name": .string($0.name), "version": .string($0.version)] }),
            ], notes: notes)
    }
}
