"""Many at the same moment: threads that wait for each other, each on its own connection, and how each of them ended."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError, connection

from cases.exceptions import Conflict, Denied, NotPossible

THREADS = 16
Work = Callable[[], object]
Works = list[tuple[str, Work]]
# A loser hears one of these: a page with a sentence. Anything else is a fault.
POLITE = (Conflict, Denied, NotPossible)


@dataclass
class Ends:
    """How a round ended: what each winner got, how the losers were told, and what should never happen."""

    won: list[tuple[str, object]] = field(default_factory=list)
    lost: Counter = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def winners(self, name: str = "") -> int:
        return sum(1 for who, _ in self.won if not name or who == name)


def at_once(works: Sequence[tuple[str, Work]], *, connected: bool = True) -> Ends:
    """Does all of this at the same moment, one thread each; a browser has no connection to the database of its own."""
    ends, start = Ends(), threading.Barrier(len(works))

    def run(name: str, work: Work) -> None:
        try:
            if connected:
                connection.ensure_connection()
            start.wait()
            ends.won.append((name, work()))
        except POLITE as error:
            ends.lost[type(error).__name__] += 1
        except DatabaseError as error:
            ends.faults.append(f"{name}: {type(error).__name__}: {error}")
        except Exception as error:
            ends.faults.append(f"{name}: {error!r}")
            start.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends
