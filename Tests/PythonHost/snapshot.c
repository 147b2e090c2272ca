// A page of a private mapping that is anonymous (bit 61 of its pagemap entry is clear) and was not
// before, or has another frame than before, was written to.

#include "snapshot.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void take_snapshot(struct snapshot *into) {
    FILE *maps = fopen("/proc/self/maps", "r");
    int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    char line[512], rights[8];
    into->count = 0;
    while (maps != NULL && fgets(line, sizeof line, maps) != NULL && into->count < MAPS_CAP) {
        unsigned long from, to;
        char name[256] = "anonymous";
        if (sscanf(line, "%lx-%lx %7s %*s %*s %*s %255s", &from, &to, rights, name) < 3) continue;
        if (rights[3] != 'p' || name[1] == 'v') continue; // shared, [vdso]
        size_t at = into->count++, pages = (to - from) / 4096;
        into->maps[at].from = from;
        into->maps[at].to = to;
        const char *slash = strrchr(name, '/');
        snprintf(into->maps[at].name, sizeof into->maps[at].name, "%.50s %s",
                 slash ? slash + 1 : name, rights);
        into->maps[at].entries =
            mmap(NULL, pages * 8, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (pread(pagemap, into->maps[at].entries, pages * 8, (off_t)(from / 4096 * 8)) < 0) {
            perror("harness: pagemap");
            exit(70);
        }
    }
    if (maps != NULL) fclose(maps);
    close(pagemap);
}

static uint64_t entry_at(const struct snapshot *in, uintptr_t address) {
    for (size_t i = 0; i < in->count; i++) {
        if (address >= in->maps[i].from && address < in->maps[i].to) {
            return in->maps[i].entries[(address - in->maps[i].from) / 4096];
        }
    }
    return 0;
}

void compare_snapshots(const char *step, const struct snapshot *before,
                       const struct snapshot *after) {
    size_t written_total = 0, read_total = 0;
    dprintf(2, "%s\n", step);
    for (size_t i = 0; i < after->count; i++) {
        size_t written = 0, loaded = 0;
        for (uintptr_t at = after->maps[i].from; at < after->maps[i].to; at += 4096) {
            uint64_t was = entry_at(before, at), is = entry_at(after, at);
            bool present = is >> 63, file = is >> 61 & 1;
            if (!present || (was >> 63 && ((was ^ is) << 9) == 0)) continue;
            if (file)
                loaded++;
            else
                written++;
        }
        if (written + loaded > 0)
            dprintf(2, "  %-40s %4zu written %4zu read\n", after->maps[i].name, written, loaded);
        written_total += written;
        read_total += loaded;
    }
    dprintf(2, "  total %zu written, %zu file pages mapped\n", written_total, read_total);
}
