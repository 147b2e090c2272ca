// python://environments and python://packages/{env_name}: shapes as upstream's.

import Notation

extension ListPythonEnvironments {
    static let resources = [
        ToolResource(
            template: "python://environments", name: "environments",
            title: "Python environments",
            description: "The Pythons on this machine: name, path and version of each.",
            values: nil,
            plan: { _, setting in Plan(.environments(.list), limits: setting.limits) },
            reply: { done in
                guard case .environments(.environments(let all, _)) = done else {
                    return ToolResource.refusal(done)
                }
                return ToolResource.contents(
                    .array(
                        all.map { environment in
                            [
                                "name": .string(environment.name),
                                "path": .string(environment.path),
                                "version": environment.version.map { .string($0) } ?? .null,
                            ]
                        }))
            })
    ]
}

extension ListInstalledPackages {
    static let resources = [
        ToolResource(
            template: "python://packages/{env_name}", name: "packages",
            title: "Installed packages",
            description: "Name and version of each package of an environment.",
            values: .environments,
            plan: { variables, setting in
                let name = variables["env_name"]?.asString ?? EnvironmentArgument.system
                return Plan(.environments(.packages(of: name)), limits: setting.limits)
            },
            reply: { done in
                guard case .environments(.packages(_, let packages, _)) = done else {
                    return ToolResource.refusal(done)
                }
                return ToolResource.contents(
                    .array(
                        packages.map {
                            ["name": .string($0.name), "version": .string($0.version)]
                        }))
            })
    ]
}
