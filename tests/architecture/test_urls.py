"""Every address is decided: it has a line in permissions.toml, by which test_matrix.py judges it. And headers everywhere."""

from django.test import Client
from django.urls import reverse

from tests.architecture.rechtentabel import ADRESSEN, REGELS


def test_every_address_has_a_rule():
    """A new address without a line in the table fails here."""
    missing = sorted(set(ADRESSEN) - {regel.url for regel in REGELS})
    assert not missing, (
        f"Nog niet beslist wie dit mag: {', '.join(missing)}. "
        "Zet per adres één regel in tests/architecture/permissions.toml; bovenaan staat hoe."
    )


def test_every_rule_has_an_address():
    gone = sorted({regel.url for regel in REGELS} - set(ADRESSEN))
    assert not gone, f"Deze adressen bestaan niet meer: {', '.join(gone)}. Haal de regels uit permissions.toml."


def test_headers_on_every_answer(db):
    response = Client().get(reverse("account_login"))
    assert "no-store" in response["Cache-Control"]
    csp = response["Content-Security-Policy"]
    assert "default-src 'none'" in csp
    assert "unsafe" not in csp
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
