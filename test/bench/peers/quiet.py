"""Whether the machine is quiet enough for its timings to mean anything."""

import os
import statistics
import time

SPIN_SECONDS = 1.0
BUSY_CORES = 0.5
SPREAD = 0.25


def disturbances(cores: int) -> list[str]:
    """What speaks against measuring now; nothing on a quiet machine."""
    found = []
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    if load > BUSY_CORES:
        found.append(f"the load average is {load:.1f} on {cores} cores")
    spread = _spread()
    if spread > SPREAD:
        found.append(f"equal work takes up to {100 * spread:.0f} % longer than its median")
    return found


def _spread() -> float:
    """How much longer than the median the slowest twentieth of many equal small loops takes."""
    times = []
    end = time.perf_counter() + SPIN_SECONDS
    while time.perf_counter() < end:
        start = time.perf_counter()
        sum(range(100_000))
        times.append(time.perf_counter() - start)
    times.sort()
    return times[round(0.95 * (len(times) - 1))] / statistics.median(times) - 1
