// python://directory: the workspace's Python files, shaped as upstream's.

import Notation

extension ListDirectory {
    static let resources = [
        ToolResource(
            template: "python://directory", name: "directory", title: "Files of the workspace",
            description: "The Python files of the workspace, with size and time of change.",
            values: nil, needsWorkspace: true,
            plan: { _, setting in Plan(.files(.list("")), limits: setting.limits) },
            reply: { done in
                guard case .files(.listing(let listing)) = done else {
                    return ToolResource.refusal(done)
                }
                let files = listing.files.map { file -> JSON in
                    let name = file.path.split(separator: "/").last.map(String.init)
                    return [
                        "path": .string(file.path), "name": .string(name ?? file.path),
                        "size": .integer(file.bytes), "modified": .integer(file.modified),
                    ]
                }
                var fields: JSONObject = [
                    "working_directory": .string(listing.directory), "files": .array(files),
                ]
                if listing.isCut { fields["truncated"] = true }
                return ToolResource.contents(.object(fields))
            })
    ]
}
