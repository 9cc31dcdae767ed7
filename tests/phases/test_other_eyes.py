"""Four eyes that cannot be borrowed: who wrote does not initial, who is still needed does not leave.

Sabotage that turns these red: `wrote_in` answers False, `obj` back to "sectie:…", the second IF out of migration 0004,
`needed_for` out of an apps.py, `lock` for `lock_running`, a CheckConstraint dropped, `r.number = OLD.ronde_number` out.
"""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from budget_biv import services as biv
from cases.exceptions import NotPossible
from cases.models import DocumentVersion, Membership
from cases.rights import Role
from cases.services import papers, products
from phases.besluit.models import Besluit
from phases.handelingsopties import services as opties
from phases.kamer import services as kamer
from phases.process import afwijkingen
from phases.smo.models import Conclusie
from tests import builders as b
from tests.cases.pages import session, text
from tests.phases import scenes
from tests.phases.test_transition import in_uitvoering, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(cast):
    """The teamleider of Defensie, who is also its behandelaar."""
    user = cast["teamleider-def"]
    Membership.objects.create(user=user, ministry=b.ministry("DEF"), role=Role.BEHANDELAAR, start=date(2020, 1, 1))
    return user


def wrote_product(cast, dossier, by):
    document = b.write(cast, dossier, "signaal", b.SIGNAAL)
    products.save(
        paper=papers.paper_of(document),
        dossier_id=dossier.pk,
        by=by,
        seen_revision=1,
        values=b.SIGNAAL,
        document=document,
    )
    return document


def wrote_section(cast, dossier, by):
    letter = scenes.letter(cast, dossier, "kennisgeving")
    section = letter.secties.first()
    letter.secties.filter(pk=section.pk).update(ministry=b.ministry("DEF"))
    kamer.write_section(sectie_id=section.pk, text="Van mij.", ready=True, seen_revision=1, by=by)
    return letter.document


def wrote_option(cast, dossier, by):
    document = b.write(cast, dossier, "opties", b.NOTA)
    opties.add_option(dossier_id=dossier.pk, by=cast["behandelaar-bz"], values=b.OPTIE)
    opties.add_option(dossier_id=dossier.pk, by=by, values=b.OPTIE)
    return document


@pytest.mark.parametrize("wrote", [wrote_product, wrote_section, wrote_option])
def test_who_wrote_does_not_initial(cast, both, wrote):
    """Also when a colleague saved after it and put the paper forward; not by the page, the service or SQL."""
    dossier = scenes.dossier(cast)
    document = wrote(cast, dossier, both)
    papers.touch(document, cast["behandelaar-bz"])
    document.refresh_from_db()
    version = papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    page = session(both).get(f"/dossiers/{dossier.number}/documenten/{document.pk}/")
    assert f"/versies/{version.pk}/paraferen/" not in text(page)
    with pytest.raises(NotPossible, match="U schreef zelf mee aan deze tekst"):
        papers.initial(version_id=version.pk, ministry=b.ministry("DEF"), by=both)
    row = "INSERT INTO cases_paraaf (version_id, ministry_id, by_id, at) VALUES (%s, %s, %s, now())"
    with pytest.raises(DatabaseError, match="meeschreef"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(row, [version.pk, b.ministry("DEF").pk, both.pk])


def test_who_did_not_write_initials(cast, both):
    dossier = scenes.dossier(cast)
    wrote_section(cast, dossier, both)
    document = b.write(cast, dossier, "signaal", b.SIGNAAL)
    version = papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    page = session(both).get(f"/dossiers/{dossier.number}/documenten/{document.pk}/")
    assert f"/versies/{version.pk}/paraferen/" in text(page)
    papers.initial(version_id=version.pk, ministry=b.ministry("DEF"), by=both)


def test_nobody_leaves_while_a_biv_decision_is_awaited(cast):
    dossier = scenes.dossier(cast)
    asked = b.ask_money(cast, dossier, {b.today().year: 1_000_000})
    b.reserve_money(cast, asked)
    with pytest.raises(NotPossible, match="DEF moet eerst nog beslissen over BIV-aanvraag versie 1"):
        b.leave(cast, dossier)
    where = f"/dossiers/{dossier.number}/betrokkenen/DEF/stoppen/"
    page = session(cast["teamleider-def"]).post(where, {"reason": "Geen bijdrage."})
    assert page.status_code == 422
    assert "DEF moet eerst nog beslissen" in text(page)
    biv.decide(
        aanvraag_id=asked.pk, ministry=b.ministry("DEF"), uitkomst="akkoord", toelichting="", by=cast["gemachtigde-def"]
    )
    b.leave(cast, dossier)


def test_nobody_leaves_with_something_to_catch_up(cast):
    """Sabotage: needed_to_catch_up out of phases/apps.py: nobody could report it any more, and the dossier never closes."""
    dossier = scenes.dossier(cast)
    duty = scenes.duty(cast, dossier)
    with pytest.raises(NotPossible, match="DEF moet eerst nog inhalen: Elk ander deelnemend ministerie"):
        b.leave(cast, dossier)
    afwijkingen.catch_up(plicht_id=duty.pk, by=cast["behandelaar-def"], tekst="Alsnog gegeven.")
    b.leave(cast, dossier)


def test_nobody_leaves_before_signing(cast):
    dossier = scenes.dossier(cast, efforts=("eenheid",))
    needed = "De minister van Defensie moet eerst nog de kennisgevingsbrief ondertekenen"
    scenes.letter(cast, dossier, "kennisgeving")
    with pytest.raises(NotPossible, match=needed):
        b.leave(cast, dossier)
    version = b.adopt(cast, dossier.documents.get(kind="kennisgeving"))
    scenes.sign(cast, version, "BZ")
    with pytest.raises(NotPossible, match=needed):
        b.leave(cast, dossier)
    scenes.sign(cast, version, "DEF")
    b.leave(cast, dossier)


def test_who_is_not_needed_leaves(cast):
    dossier = scenes.dossier(cast, ministries=("BZ", "DEF", "JENV"))
    scenes.letter(cast, dossier, "kennisgeving")
    b.leave(cast, dossier, "JENV")
    assert not dossier.participations.filter(ministry__code="JENV").exists()


def copied(model, pk: int, **changes) -> None:
    """Adds a row like this one with other values, in SQL."""
    names = [f.column for f in model._meta.concrete_fields if f.column != "id"]
    chosen = ["%s" if name in changes else name for name in names]
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(chosen)} FROM {table} WHERE id = %s",
            [*[changes[name] for name in names if name in changes], pk],
        )


def test_values_that_nobody_knows_are_refused(cast):
    """The same row with a known value goes in: it is the value that is refused."""
    offer = scenes.offered(cast, scenes.dossier(cast))
    made = scenes.decide(cast, offer.version, "bewindspersonen")
    said = scenes.conclusion(cast, offer)
    version = offer.version
    cases = [
        (Besluit, made.pk, {"orgaan": "koning"}, "besluit_orgaan_known"),
        (Besluit, made.pk, {"uitkomst": "misschien"}, "besluit_uitkomst_known"),
        (Conclusie, said.pk, {"oordeel": "misschien"}, "conclusie_oordeel_known"),
        (
            DocumentVersion,
            version.pk,
            {"number": 9, "status": "ter-paraaf", "marking": "geheim"},
            "version_marking_known",
        ),
    ]
    for model, pk, changes, constraint in cases:
        with pytest.raises(IntegrityError, match=constraint):
            copied(model, pk, **changes)
    copied(Besluit, made.pk, orgaan="hoog-ambtelijk")
    copied(Conclusie, said.pk, oordeel="negatief")
    copied(DocumentVersion, version.pk, number=9, status="ter-paraaf", marking="ongerubriceerd")
    update = "UPDATE cases_documentversion SET status = 'goed' WHERE document_id = %s AND number = 9"
    with (
        pytest.raises(IntegrityError, match="version_status_known"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(update, [version.document_id])


def test_one_renewal_opens_one_round(cast):
    dossier = in_uitvoering(cast)
    raised = "UPDATE cases_dossier SET ronde_number = 3 WHERE id = %s"
    step(cast, dossier, "verlengen", by="teamleider-bz", reason="Verlengd.", runs_until=b.today())
    dossier.refresh_from_db(fields=["ronde_number"])
    assert dossier.ronde_number == 2
    with pytest.raises(DatabaseError, match="door te verlengen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(raised, [dossier.pk])
