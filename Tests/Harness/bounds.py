"""Every bound of time and growth in the end-to-end and attack tests, in one place.

The first group is what the project promises. Tests measure it at the client, over two pipes and on
machines busy with other things, so they add an allowance; nothing else is timed.
"""

# Promises, in seconds.
TIMEOUT_LATE = 0.005  # a run is over this long after its time limit
CANCEL_LATE = 0.100  # a cancelled run is gone
SHUTDOWN_LATE = 2.0  # end of input, SIGTERM, SIGHUP, parent's death: everything is gone

# What two pipes, the test's own side and a busy two-core machine may add to a promise in the median
# of several attempts. The best attempt gets nothing added: `kept` asks for both.
CLIENT_SLACK = 0.020
ATTEMPTS = 7

# A call that should be answered at once, behind whatever happened before it.
PROMPT = 2.0

# After all attacks the median of ordinary calls may be this many times what it was, plus this.
SLOWER = 3.0
SLOWER_BY = 0.005

# A long call is reported on "every few seconds" to a client that sent a token.
PROGRESS_WITHIN = 5.0

# How long the server may take to get back to its resting size after a run, in seconds.
SETTLE = 30.0  # idle slots beyond the ready ones are kept for ten seconds

# What may differ at rest: the pool may be one worker fuller or a zygote just being replaced.
HANDLES = 24
PROCESSES = 12
MOUNTS = 8

# Growth of the server's resident memory over a soak, in bytes: allocator noise, nothing per call.
RESIDENT = 8 << 20


def kept(samples: list[float], promise: float) -> bool:
    """Whether a promise of time was kept, on a machine that others use too."""
    ordered = sorted(samples)
    return ordered[0] <= promise and ordered[len(ordered) // 2] <= promise + CLIENT_SLACK
