"""The chain: linked by the database, checked by verify_audit, and a broken row is named."""

import itertools
import threading

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from cases import audit
from cases.models import Event
from tests import builders as b


@pytest.mark.django_db
def test_chain_links_and_verifies(cast, capsys):
    d = b.make_dossier(cast)
    audit.record("proef", "Eén", by=cast["behandelaar-bz"], dossier=d)
    rows = list(Event.objects.filter(chain=d.chain).order_by("seq"))
    assert [r.seq for r in rows] == list(range(1, len(rows) + 1))
    assert all(later.previous == earlier.hash for earlier, later in itertools.pairwise(rows))
    call_command("verify_audit")
    assert "Het logboek is heel" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE cases_event SET sentence = 'anders' WHERE id = {id}", "de inhoud is gewijzigd"),
        ("DELETE FROM cases_event WHERE id = {id}", "er ontbreekt een regel"),
    ],
)
def test_damage_is_named(cast, owner_url, damage, words):
    d = b.make_dossier(cast)
    for n in range(3):
        audit.record("proef", f"Regel {n}", by=cast["behandelaar-bz"], dossier=d)
    target = Event.objects.filter(chain=d.chain).order_by("seq")[1]
    with psycopg.connect(owner_url) as owner:
        owner.execute("ALTER TABLE cases_event DISABLE TRIGGER cases_event_append_only")
        owner.execute(damage.format(id=target.pk))
    with pytest.raises(CommandError, match=words):
        call_command("verify_audit")


@pytest.mark.django_db(transaction=True)
def test_sixteen_writers_make_one_chain(cast):
    d = b.make_dossier(cast)
    start = threading.Barrier(16)

    def write(n: int) -> None:
        start.wait()
        try:
            with transaction.atomic():
                audit.record("proef", f"Schrijver {n}", by=cast["behandelaar-bz"], dossier=d)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(16)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert Event.objects.filter(chain=d.chain, kind="proef").count() == 16
    call_command("verify_audit")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sql", ["UPDATE cases_event SET sentence = 'anders'", "DELETE FROM cases_event"])
def test_owner_cannot_rewrite_history(cast, owner_url, sql):
    """Even the owner is stopped, as long as the trigger stands."""
    b.make_dossier(cast)
    with psycopg.connect(owner_url) as owner, pytest.raises(psycopg.Error, match="append-only"):
        owner.execute(sql)
