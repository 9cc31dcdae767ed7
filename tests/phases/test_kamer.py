"""Letters: written by section, signed in order, sent once, numbered once."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from cases.exceptions import Conflict, Denied, NotPossible
from cases.models import DocumentVersion, Dossier
from cases.services import papers
from phases.besluit import services as besluit
from phases.kamer import lint, selectors, services
from phases.kamer.models import Briefsectie, Verzending
from phases.process import services as process
from tests import builders as b
from tests.hard.ready import in_planning
from tests.phases import scenes

pytestmark = pytest.mark.django_db


def send(cast, version, day=None, who="secretariaat"):
    return services.send(version_id=version.pk, sent_on=day or b.today(), by=cast[who])


def test_two_writers_of_one_section(cast):
    d = scenes.dossier(cast)
    letter = services.begin(dossier_id=d.pk, soort="artikel-100", betreft="Missie", by=cast["behandelaar-bz"])
    section = letter.secties.get(code="TK-06")
    services.write_section(sectie_id=section.pk, text="Een.", ready=False, seen_revision=0, by=cast["behandelaar-bz"])
    with pytest.raises(Conflict, match="F. de Vries"):
        services.write_section(
            sectie_id=section.pk, text="Twee.", ready=False, seen_revision=0, by=cast["behandelaar-def"]
        )
    assert Briefsectie.objects.get(pk=section.pk).text == "Een."


@pytest.mark.parametrize(
    ("code", "who", "writes"),
    [
        ("ESS", "behandelaar-bz", True),
        ("ESS", "behandelaar-def", False),
        ("TK-06", "behandelaar-def", True),
        ("TK-06", "behandelaar-bz", True),
        ("TK-06", "teamleider-def", False),
        ("TK-02b", "behandelaar-bz", True),
        ("TK-02b", "behandelaar-bhos", False),
    ],
)
def test_a_ministry_writes_its_own_sections_and_the_penvoerder_all(cast, code, who, writes):
    """BHOS is responsible for TK-02b but does not take part here: then only the penvoerder writes it."""
    d = scenes.dossier(cast)
    letter = services.begin(dossier_id=d.pk, soort="artikel-100", betreft="Missie", by=cast["behandelaar-bz"])
    given = {"sectie_id": letter.secties.get(code=code).pk, "text": "Tekst.", "ready": False, "seen_revision": 0}
    if writes:
        assert services.write_section(**given, by=cast[who]).text == "Tekst."
        return
    with pytest.raises(Denied, match="U kunt niet zelf deze sectie van een brief schrijven"):
        services.write_section(**given, by=cast[who])
    assert letter.secties.get(code=code).text == ""


def test_an_empty_section_is_not_ready(cast):
    letter = services.begin(
        dossier_id=scenes.dossier(cast).pk, soort="kennisgeving", betreft="Missie", by=cast["behandelaar-bz"]
    )
    with pytest.raises(NotPossible):
        services.write_section(
            sectie_id=letter.secties.first().pk, text=" ", ready=True, seen_revision=0, by=cast["behandelaar-bz"]
        )


def test_a_letter_is_begun_once(cast):
    d = scenes.dossier(cast)
    first = services.begin(dossier_id=d.pk, soort="kennisgeving", betreft="Een", by=cast["behandelaar-bz"])
    with pytest.raises(Conflict, match="F. de Vries was u voor"):
        services.begin(dossier_id=d.pk, soort="kennisgeving", betreft="Twee", by=cast["behandelaar-def"])
    assert [letter.betreft for letter in d.rondes.get().brieven.all()] == [first.betreft] == ["Een"]


def test_order_of_signature(cast):
    version = scenes.adopted_letter(cast, scenes.dossier(cast))
    with pytest.raises(NotPossible, match="Eerst tekent de minister van Buitenlandse Zaken"):
        scenes.sign(cast, version, "DEF")
    scenes.sign(cast, version, "BZ")
    with pytest.raises(Conflict, match="al ondertekend"):
        scenes.sign(cast, version, "BZ")
    scenes.sign(cast, version, "DEF")
    version.refresh_from_db()
    assert version.status == "ondertekend"


def test_only_the_own_gemachtigde_registers_a_signature(cast):
    version = scenes.adopted_letter(cast, scenes.dossier(cast))
    with pytest.raises(Denied):
        services.sign(
            version_id=version.pk, ministry=b.ministry("BZ"), name="X", signed_on=b.today(), by=cast["gemachtigde-def"]
        )


def test_who_signs_was_fixed_when_the_text_was_frozen(cast):
    d = scenes.dossier(cast)
    version = scenes.signed_letter(cast, d, "kennisgeving")
    Dossier.objects.filter(pk=d.pk).update(efforts=["eenheid", "os", "politie"])
    final = send(cast, version)
    assert final.content["signatories"] == [
        {"title": "De minister van Buitenlandse Zaken,", "name": "A. Eerste"},
        {"title": "De minister van Defensie,", "name": "B. Tweede"},
    ]


def test_the_minister_without_a_ministry_is_minister_voor(cast):
    assert selectors.minister(b.ministry("BHOS")).startswith("de minister voor Buitenlandse Handel")


def test_the_ministerraad_holds_the_sending_absolutely(cast):
    version = scenes.signed_letter(cast, in_planning(cast))
    with pytest.raises(NotPossible, match="Ministerraad"):
        send(cast, version)
    made = scenes.decide(cast, version, "ministerraad", confirm=False)
    with pytest.raises(NotPossible, match="Ministerraad"):
        send(cast, version)
    besluit.confirm(besluit_id=made.pk, by=cast["secretariaat-2"])
    scenes.decide(cast, version, "ministerraad", "aangehouden")
    with pytest.raises(NotPossible, match="Ministerraad"):
        send(cast, version)
    scenes.decide(cast, version, "ministerraad")
    assert send(cast, version).status == "verzonden"


def test_a_refusal_that_waits_for_confirmation_holds_the_sending(cast):
    version = scenes.signed_letter(cast, in_planning(cast))
    scenes.decide(cast, version, "ministerraad")
    made = scenes.decide(cast, version, "ministerraad", "niet-akkoord", confirm=False)
    with pytest.raises(NotPossible, match="een tweede persoon van het secretariaat van BZ bevestigt het"):
        send(cast, version)
    assert "de Ministerraad is niet akkoord" in past_the_service(cast, version)
    besluit.confirm(besluit_id=made.pk, by=cast["secretariaat-2"])
    with pytest.raises(NotPossible, match="Ministerraad"):
        send(cast, version)
    scenes.decide(cast, version, "ministerraad")
    assert send(cast, version).status == "verzonden"


def test_a_minister_who_refused_holds_the_sending(cast):
    """Sabotage: _against out of checks, or its trigger (migration 0022): the sent version carries no decision any more."""
    version = scenes.signed_letter(cast, in_planning(cast))
    scenes.decide(cast, version, "ministerraad")
    made = scenes.decide(cast, version, "bewindspersonen", "niet-akkoord", confirm=False)
    with pytest.raises(NotPossible, match="Een tweede gemachtigde moet dat besluit nog bevestigen"):
        send(cast, version)
    assert "een minister is niet akkoord" in past_the_service(cast, version)
    besluit.confirm(besluit_id=made.pk, by=cast["gemachtigde-bz-2"])
    with pytest.raises(NotPossible, match="is niet akkoord met deze brief"):
        send(cast, version)
    assert "een minister is niet akkoord" in past_the_service(cast, version)
    scenes.decide(cast, version, "bewindspersonen", codes=("BZ",))
    assert send(cast, version).status == "verzonden"


def test_who_signs_follows_the_efforts_until_the_letter_is_sent(cast):
    """Sabotage: OTHER_SIGNERS out of checks: a letter adopted before the police was added goes without JENV's signature."""
    d = scenes.dossier(cast)
    version = scenes.signed_letter(cast, d)
    scenes.decide(cast, version, "ministerraad")
    Dossier.objects.filter(pk=d.pk).update(efforts=[*d.efforts, "politie"])
    with pytest.raises(NotPossible, match="daarmee wie ondertekent"):
        send(cast, version)


def test_the_letter_tells_what_was_chosen(cast):
    """Sabotage: _other_choice out of checks: parliament reads about an option that was not chosen, or before any was."""
    early = scenes.signed_letter(cast, scenes.dossier(cast))
    scenes.decide(cast, early, "ministerraad")
    with pytest.raises(NotPossible, match="nadat een optie is gekozen, vanaf de fase Planning"):
        send(cast, early)
    d = in_planning(cast)
    version = scenes.signed_letter(cast, d)
    scenes.decide(cast, version, "ministerraad")
    nota = d.documents.get(kind="opties").versions.latest("number")
    scenes.decide(cast, nota, "bewindspersonen", optie="B", codes=("DEF",))
    with pytest.raises(NotPossible, match="Niet elke betrokken minister koos nu dezelfde optie"):
        send(cast, version)
    scenes.decide(cast, nota, "bewindspersonen", optie="B", codes=("BZ",))
    with pytest.raises(NotPossible, match="geschreven voordat deze optie was gekozen"):
        send(cast, version)
    scenes.decide(cast, nota, "bewindspersonen", optie="A")
    assert send(cast, version).content["values"]["keuze"] == [nota.pk, "A"]


def test_what_parliament_was_told_is_not_chosen_otherwise(cast):
    """Sabotage: _check_told out of register: a unit goes under a letter about another option."""
    d = in_planning(cast)
    scenes.sent_letter(cast, d)
    nota = d.documents.get(kind="opties").versions.latest("number")
    with pytest.raises(NotPossible, match="De artikel 100-brief over optie A is verzonden"):
        scenes.decide(cast, nota, "bewindspersonen", optie="B")
    scenes.decide(cast, nota, "bewindspersonen", "niet-akkoord")
    scenes.decide(cast, nota, "bewindspersonen", optie="A")
    with pytest.raises(NotPossible, match="is verzonden. Daarna komt er geen nieuwe optiesnota"):
        b.adopt(cast, b.write(cast, d, "opties", {**b.NOTA, "vergelijking": "Nog eens afgewogen."}))
    scenes.decide(cast, nota, "bewindspersonen", optie="0")


def test_after_the_artikel_100_brief_nobody_stops_in_silence(cast):
    """Sabotage: Beeindigingsbrief out of the step `stoppen`."""
    d = in_planning(cast)
    scenes.sent_letter(cast, d)
    with pytest.raises(NotPossible, match="Stel de beëindigingsbrief op"):
        process.transition(
            dossier_id=d.pk,
            step="stoppen",
            by=cast["teamleider-bz"],
            seen_version=d.moves_made,
            reason="Rustig.",
            outcome="vervallen",
        )


def past_the_service(cast, version) -> str:
    """Sends to the Tweede Kamer by rows alone; the words with which the database refuses it, "" when it does not."""
    given = {"by": cast["secretariaat"], "status": "verzonden", "adopted_on": version.adopted_on}

    def act() -> None:
        final = papers.freeze(version.document, version.content, **given)
        Verzending.objects.create(version=final, kamer="TK", sent_on=b.today(), by=cast["secretariaat"])

    return refused(act)


def refused(act) -> str:
    try:
        with transaction.atomic():
            act()
    except DatabaseError as error:
        return str(error)
    return ""


def test_the_database_holds_an_artikel_100_brief_without_the_ministerraad(cast):
    version = scenes.signed_letter(cast, scenes.dossier(cast))
    assert "de Ministerraad is niet akkoord" in past_the_service(cast, version)
    made = scenes.decide(cast, version, "ministerraad", confirm=False)
    assert "de Ministerraad is niet akkoord" in past_the_service(cast, version)
    besluit.confirm(besluit_id=made.pk, by=cast["secretariaat-2"])
    assert past_the_service(cast, version) == ""


def test_the_database_lets_no_letter_be_signed_or_sent_without_signatures(cast):
    version = scenes.adopted_letter(cast, scenes.dossier(cast), "kennisgeving")
    mine = DocumentVersion.objects.filter(pk=version.pk)
    for signed in ("", "BZ"):
        if signed:
            scenes.sign(cast, version, signed)
        for status in ("ondertekend", "verzonden"):
            assert "nog niet elke minister ondertekende" in refused(lambda status=status: mine.update(status=status))
    scenes.sign(cast, version, "DEF")
    mine.update(status="verzonden")
    sent = refused(
        lambda: Verzending.objects.create(version=version, kamer="TK", sent_on=b.today(), by=cast["secretariaat"])
    )
    assert "deze brief is niet ondertekend" in sent, "what went out is a version of its own, beside the signed one"


def test_a_kennisgeving_needs_no_ministerraad_and_is_sent_once(cast):
    version = scenes.signed_letter(cast, scenes.dossier(cast), "kennisgeving")
    final = send(cast, version)
    assert final.number == version.number + 2
    assert [v.kamer for v in Verzending.objects.all()] == ["TK", "EK"]
    for again in (version, final):
        with pytest.raises(Conflict, match="al verzonden"):
            send(cast, again)
    assert Verzending.objects.count() == 2


def test_a_sent_letter_is_not_written_any_more(cast):
    d = scenes.dossier(cast)
    version = scenes.signed_letter(cast, d, "kennisgeving")
    send(cast, version)
    section = Briefsectie.objects.first()
    with pytest.raises(NotPossible, match="verzonden"):
        services.write_section(
            sectie_id=section.pk, text="X", ready=True, seen_revision=section.revision, by=cast["behandelaar-bz"]
        )


def test_what_must_be_right_before_sending(cast):
    d = scenes.dossier(cast)
    version = scenes.adopted_letter(cast, d, "kennisgeving")
    with pytest.raises(NotPossible, match="ondertekende"):
        send(cast, version)
    scenes.sign(cast, version, "BZ")
    scenes.sign(cast, version, "DEF")
    with pytest.raises(NotPossible, match="voordat die ondertekend"):
        send(cast, version, b.today() - timedelta(days=1))
    with pytest.raises(Denied):
        send(cast, version, who="behandelaar-bz")
    Dossier.objects.filter(pk=d.pk).update(marking="dep-v", marking_until=b.today(), marked_by=cast["vaststeller"])
    with pytest.raises(NotPossible, match="ongerubriceerd"):
        send(cast, version)


def test_an_older_signed_version_is_not_sent(cast):
    d = scenes.dossier(cast)
    old = scenes.signed_letter(cast, d, "kennisgeving")
    section = Briefsectie.objects.first()
    services.write_section(
        sectie_id=section.pk, text="Nieuw.", ready=True, seen_revision=section.revision, by=cast["behandelaar-bz"]
    )
    old.document.refresh_from_db()
    b.adopt(cast, old.document)
    with pytest.raises(NotPossible, match="nieuwere"):
        send(cast, old)


@pytest.mark.parametrize(
    "number",
    ["29 521, nr. 494", "29521 nr. 494", "29 521, nr. BA", "29 521, BA", "21 501-02, nr. 2602", "33 750 V, nr. 76"],
)
def test_kamerstuk_as_parliament_writes_it(number):
    assert services.KAMERSTUK.match(number)


@pytest.mark.parametrize(
    "number", ["", "494", "29 521", "29 521, 494", "nr. 494", "29 521, nr. 494; drop", "29 521, nr. ABC"]
)
def test_other_kamerstuk_numbers_are_refused(number):
    assert not services.KAMERSTUK.match(number)


def test_a_kamerstuk_number_is_filled_in_once(cast):
    version = scenes.signed_letter(cast, scenes.dossier(cast), "kennisgeving")
    send(cast, version)
    sent = Verzending.objects.get(kamer="TK")
    by = cast["secretariaat"]
    with pytest.raises(NotPossible, match="29 521"):
        services.fill_kamerstuk(verzending_id=sent.pk, kamerstuk="494", by=by)
    services.fill_kamerstuk(verzending_id=sent.pk, kamerstuk="29 521, nr. 448", by=by)
    with pytest.raises(Conflict):
        services.fill_kamerstuk(verzending_id=sent.pk, kamerstuk="29 521, nr. 449", by=by)


def test_a_kennisgeving_carries_no_headings(cast):
    d = scenes.dossier(cast)
    notice, article = scenes.letter(cast, d, "kennisgeving"), scenes.letter(cast, d)
    frozen = [papers.put_forward(document_id=x.document_id, by=cast["behandelaar-bz"]).html for x in (notice, article)]
    assert "<h2" not in frozen[0]
    assert "<h2>Essentie</h2>" in frozen[1]


@pytest.mark.parametrize(
    ("soort", "text", "found"),
    [
        ("kennisgeving", "Het kabinet heeft  besloten\nom deel te nemen.", ["heeft besloten"]),
        ("kennisgeving", "Dit is geen Beginselbesluit en geen beginselbesluit.", ["beginselbesluit"]),
        ("kennisgeving", "Het besluit van het kabinet om deel te nemen volgt.", ["besluit van het kabinet"]),
        ("kennisgeving", "Het kabinet onderzoekt de wenselijkheid en mogelijkheid.", []),
        ("artikel-100", "Het kabinet heeft besloten.", []),
    ],
)
def test_words_that_suggest_a_decision(soort, text, found):
    assert lint.suggests_decision(soort, text) == found


def test_each_chamber_gets_the_same_letter_under_its_own_address(cast):
    version = scenes.signed_letter(cast, scenes.dossier(cast), "kennisgeving")
    send(cast, version)
    tweede, eerste = (Verzending.objects.get(kamer=k).version for k in ("TK", "EK"))
    assert "Tweede Kamer der Staten-Generaal" in tweede.html and "Eerste Kamer" not in tweede.html
    assert "Eerste Kamer der Staten-Generaal" in eerste.html and "Tweede Kamer der" not in eerste.html
    differing = {key for key in tweede.content if tweede.content[key] != eerste.content[key]}
    assert differing == {"addressee"}
    assert tweede.number > eerste.number, "the newest version is the letter to the Tweede Kamer"
    assert all(v.renderings.count() == 1 for v in (tweede, eerste))
