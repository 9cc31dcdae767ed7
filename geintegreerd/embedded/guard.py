"""Outlives the supervisor for a moment: ends the process groups it named when it was killed without a goodbye.

Children get a signal from the kernel when the supervisor dies (Linux), but their own children do not. The supervisor
writes a line per process group it starts; the end of the pipe without "klaar" means that it is gone. Standard library
only, run by path, so that it starts at once.
"""

import contextlib
import os
import signal
import sys
import time

GRACE = 5.0


def alive(group: int) -> bool:
    """Whether any process of the group still exists."""
    try:
        os.killpg(group, 0)
    except OSError:
        return False
    return True


def main() -> None:
    """Reads process groups until the pipe closes, then ends what is left of them."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups = []
    for line in sys.stdin:
        if line.strip() == "klaar":
            return
        groups.append(int(line))
    deadline = time.monotonic() + GRACE
    for number in (signal.SIGTERM, signal.SIGKILL):
        for group in groups:
            with contextlib.suppress(OSError):
                os.killpg(group, number)
        while any(map(alive, groups)) and time.monotonic() < deadline:
            time.sleep(0.1)


if __name__ == "__main__":
    main()
