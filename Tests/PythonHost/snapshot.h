// Which pages of this process have been written to, from one moment to the next.

#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include <stddef.h>
#include <stdint.h>

#define MAPS_CAP 512

struct snapshot {
    struct {
        uintptr_t from, to;
        char name[64];
        uint64_t *entries;
    } maps[MAPS_CAP];
    size_t count;
};

/// Notes the state of every page of every private mapping. Keeps `into` for good: tests only.
void take_snapshot(struct snapshot *into);
/// Tells on standard error what was written and read between two of them.
void compare_snapshots(const char *step, const struct snapshot *before,
                       const struct snapshot *after);

#endif
