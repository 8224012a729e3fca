/* Lets writes to files below FAILING_BELOW fail: the FAILING_AT-th (from 1), and with FAILING_ON all after it.

   Loaded before the C library (LD_PRELOAD). With FAILING_COUNT, a file, how many writes there were is appended
   to it at the end. Writes are write, pwrite, writev, sendfile, ftruncate, fsync and fdatasync, by whatever
   name the C library is asked for them; a map of a file in memory is not seen. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long writes;

static int fails(int file) {
    char link[32], name[4096];
    const char *below = getenv("FAILING_BELOW"), *at = getenv("FAILING_AT");
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, name, sizeof name - 1);
    if (!below || length < 0) return 0;
    name[length] = 0;
    if (strncmp(name, below, strlen(below))) return 0;
    long number = __sync_add_and_fetch(&writes, 1);
    if (!at || (getenv("FAILING_ON") ? number < atol(at) : number != atol(at))) return 0;
    errno = getenv("FAILING_ON") ? ENOSPC : EIO;
    return 1;
}

__attribute__((destructor)) static void count(void) {
    const char *place = getenv("FAILING_COUNT");
    FILE *told = place ? fopen(place, "a") : NULL;
    if (!told) return;
    fprintf(told, "%ld\n", writes);
    fclose(told);
}

#define FAILING(name, kind, given, passed)                           \
    kind name given {                                                \
        kind(*real) given = (kind(*) given)dlsym(RTLD_NEXT, #name);  \
        return fails(file) ? (kind)-1 : real passed;                 \
    }

FAILING(write, ssize_t, (int file, const void *data, size_t size), (file, data, size))
FAILING(pwrite, ssize_t, (int file, const void *data, size_t size, off_t place), (file, data, size, place))
FAILING(pwrite64, ssize_t, (int file, const void *data, size_t size, off64_t place), (file, data, size, place))
FAILING(writev, ssize_t, (int file, const struct iovec *parts, int count), (file, parts, count))
FAILING(sendfile, ssize_t, (int file, int from, off_t *place, size_t size), (file, from, place, size))
FAILING(sendfile64, ssize_t, (int file, int from, off64_t *place, size_t size), (file, from, place, size))
FAILING(ftruncate, int, (int file, off_t size), (file, size))
FAILING(ftruncate64, int, (int file, off64_t size), (file, size))
FAILING(fsync, int, (int file), (file))
FAILING(fdatasync, int, (int file), (file))
