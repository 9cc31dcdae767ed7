"""Starts servers, watches them, and leaves none behind, however the supervisor itself ends.

An orderly end (Ctrl-C, SIGTERM, an error) stops them in reverse order. A kill -9 of the supervisor is caught twice: the
kernel signals each child (PR_SET_PDEATHSIG, Linux), and the guard process ends their process groups.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
GUARD = Path(__file__).with_name("guard.py")
STOP_SECONDS = 10.0


class Problem(Exception):
    """Something the user can do something about; the text is shown as it is, in Dutch."""


@dataclass(frozen=True)
class Program:
    """One server to run: its command, where its log goes, how it stops fast and how often it may be started again."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    log: Path
    cwd: Path
    stop_signal: signal.Signals = signal.SIGTERM
    restarts: int = 0


def die_with(parent: int, number: int) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends this signal to the new process when the parent ends."""

    def prepare() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, number)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def run(command: Sequence[str | Path], *, problem: str, **options: object) -> str:
    """Runs a step to its end and returns what it printed; raises Problem with its last lines when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        preexec_fn=die_with(os.getpid(), signal.SIGKILL),
        **options,  # type: ignore[call-overload]
    )
    if done.returncode:
        raise Problem(f"{problem}\n{last_lines(done.stdout)}")
    return done.stdout


def last_lines(text: str, number: int = 15) -> str:
    """The end of a log, for under a sentence that says what went wrong."""
    return "\n".join(text.rstrip().splitlines()[-number:])


class Supervisor:
    """Use as a context manager; whatever was started inside has ended when it is left."""

    def __init__(self) -> None:
        self.running: list[tuple[Program, subprocess.Popen]] = []
        self.restarted: dict[str, int] = {}

    def __enter__(self) -> "Supervisor":
        if LIBC is not None:
            LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1)
        self.guard = subprocess.Popen(
            [sys.executable, "-I", "-S", GUARD], stdin=subprocess.PIPE, text=True, start_new_session=True
        )
        return self

    def __exit__(self, *error: object) -> None:
        handlers = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            self.stop()
        finally:
            with contextlib.suppress(OSError):
                self.guard.communicate("klaar\n")
            for number, handler in handlers.items():
                signal.signal(number, handler)

    def start(self, program: Program) -> None:
        """Starts a program in a process group of its own, with its output in its log."""
        program.log.parent.mkdir(parents=True, exist_ok=True)
        with program.log.open("a" if program.name in self.restarted else "w") as log:
            process = subprocess.Popen(
                program.command,
                env=dict(program.env),
                cwd=program.cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with(os.getpid(), program.stop_signal),
            )
        self.running.append((program, process))
        assert self.guard.stdin is not None
        self.guard.stdin.write(f"{process.pid}\n")
        self.guard.stdin.flush()

    def check(self) -> None:
        """Starts again what ended and may be started again; raises Problem with the end of the log otherwise."""
        for program, process in list(self.running):
            if process.poll() is None:
                continue
            self.running.remove((program, process))
            times = self.restarted.get(program.name, 0)
            if times >= program.restarts:
                tail = last_lines(program.log.read_text(errors="replace"))
                raise Problem(
                    f"Het onderdeel {program.name} is gestopt. De laatste regels van {program.log.name}:\n{tail}"
                )
            self.restarted[program.name] = times + 1
            self.start(program)

    def wait_until(self, ready: Callable[[], bool], *, seconds: float, problem: str) -> None:
        """Waits until `ready` says so; raises Problem when a program ends first or the time is up."""
        deadline = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                raise Problem(problem)
            time.sleep(0.02)

    def watch(self) -> None:
        """Stays until a signal or a Problem ends it."""
        while True:
            self.check()
            time.sleep(0.3)

    def stop(self) -> None:
        """Stops everything in reverse order: first those that use the servers, then the servers."""
        for program, process in reversed(self.running):
            with contextlib.suppress(OSError):
                process.send_signal(program.stop_signal)
            if program.restarts == 0:
                self._wait(process)
        for _, process in self.running:
            self._wait(process)
            self._end_group(process.pid)
        self.running.clear()

    def _end_group(self, group: int) -> None:
        """Kills what a program left behind, and waits for it: as subreaper we are the parent of every orphan."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-group, 0)

    def _wait(self, process: subprocess.Popen) -> None:
        """Waits for a process to end, and kills it when it takes too long."""
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
