// Whom a question can be put to.

import Notation

extension CallRequest {
    /// Whether the client of this call can put a form before a person.
    ///
    /// The capability is an object since 2025-06-18. Later revisions name modes in it: a client
    /// that names none means the form, and one that names only `url` can't show a form.
    package var canAsk: Bool {
        guard era.hasElicitation, let modes = clientCapabilities["elicitation"]?.asObject else {
            return false
        }
        guard era.hasElicitationModes else {
            return true
        }
        if let form = modes["form"] {
            return form.asObject != nil
        }
        return modes["url"] == nil
    }
}
