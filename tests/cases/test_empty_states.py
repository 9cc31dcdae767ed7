"""Every empty state says what is normally here, why it is empty and what one can do; never the vague "Hier staat"."""

import re

import pytest

from tests.database import ROOT

LEEG = re.compile(r"{% leeg (.*?) %}", re.S)
FOUND = [
    pytest.param(found, id=f"{path.parent.name}/{path.stem}-{n}")
    for path in sorted((ROOT / "templates").rglob("*.html"))
    if path.parent.name != "dossiers"
    for n, found in enumerate(LEEG.findall(path.read_text()))
]


@pytest.mark.parametrize("arguments", FOUND)
def test_three_parts(arguments):
    assert all(f"{part}=" in arguments for part in ("wat", "waarom", "doe"))
    assert "Hier sta" not in arguments
