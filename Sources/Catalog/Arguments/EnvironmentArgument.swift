// An argument that names an environment.

import Notation
import Wire

/// The name of a Python with its packages.
enum EnvironmentArgument {
    static let system = "system"
    /// Another word for `system`, which upstream's tools take.
    static let alias = "default"
    static let data = "data"

    static func schema(preset: String, _ description: String) -> JSON {
        [
            "type": "string", "minLength": 1, "maxLength": 255, "default": .string(preset),
            "description": .string(
                "\(description) \(ListPythonEnvironments.name) tells the names; `default` is "
                    + "another word for `system`."),
        ]
    }

    /// A program's template and the environment for the house to find; nil: what the template has.
    /// Throws when the data environment is asked for and has not been built.
    static func choose(
        _ name: String, for code: String, _ setting: Setting
    ) throws(ToolError) -> (TemplateName, environment: String?) {
        switch name {
        case system, alias:
            return (ImportScan.template(for: code, hasData: setting.hasEnvironment), nil)
        case data:
            guard setting.hasEnvironment else {
                throw ToolError(
                    "environment: the data environment is not built here. Use `system`, or ask the "
                        + "operator to run `sandboa env build data`.")
            }
            return (.sci, nil)
        default: return (.std, name)
        }
    }
}
