"""A fingerprint of everything that decides what is in a fresh database and in the static files."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

DATABASE = [
    "*/migrations/*.py",
    "*/management/commands/*.py",
    "fixtures/**/*",
    "cases/dbguards.py",
    "cases/phase.py",
    "cases/rights.py",
    "phases/process/table.py",
    "geintegreerd/demo/*.py",
    "geintegreerd/embedded/roles.py",
    "requirements.txt",
]
STATIC = ["static/**/*"]
FONTS = ["*/management/commands/maak_lettertypen.py", "requirements.txt"]


def fingerprint(patterns: Iterable[str]) -> str:
    """Hex digest of the names and contents of all files that match the patterns, seen from the project's folder."""
    digest = hashlib.sha256()
    files = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    for path in sorted(files):
        if "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
