/// A filter in two parts, which together judge as the whole does.
///
/// Loading a filter costs every run time that follows its longest path. Most of the table concerns
/// neither the zygote nor the lock-down, so the zygote loads that part once and its forks inherit
/// it; a worker only adds the rest.
///
/// INVARIANT: for each call at most one part answers other than allow. The kernel takes the
/// strictest answer, and of two errors the one of the filter loaded last, so the parts can't
/// contradict each other in any order.
package struct FilterStages: Hashable, Sendable {
    /// Loaded once by a slot's zygote; open for what `zygote_needs` lists.
    package let zygote: FilterProgram
    /// Loaded by each worker, last of all walls; judges only what the zygote's part left open.
    package let worker: FilterProgram
}
