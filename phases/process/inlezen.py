"""Reading in a mission that runs or is over: one recorded, owner-only act, with its old dates and papers.

The database accepts it only from the owner; nobody can bring a dossier past its gates this way through the application.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import formats

from budget_biv import services as biv
from budget_biv.models import Fund
from cases import audit
from cases.letters.kinds import ProductPaper, kind
from cases.models import Document, Dossier, Event, Ministry, PaperStatus, Ronde, User
from cases.phase import Phase
from cases.services import dossiers, papers
from phases.kamer import selectors as kamer
from phases.kamer.models import Briefsectie, Kamerbrief, SectieStand, Toetsingskader, Verzending
from phases.process.services import enter
from phases.vastlegging import services as vastlegging

Data = dict[str, Any]


@transaction.atomic
def read_in(data: Data) -> Dossier | None:
    """Makes the dossier that `data` describes (see fixtures/demo/*.json), or None when it was read in before."""
    if Event.objects.filter(kind="ingelezen", object=data["key"]).exists():
        return None
    token = audit.origin.set("inlezen")
    try:
        return _make(data)
    finally:
        audit.origin.reset(token)


def _make(data: Data) -> Dossier:
    handler = User.objects.get(username=data["handler"])
    opened_on = date.fromisoformat(data["opened_on"])
    names = ("title", "summary", "countries", "region", "efforts", "cooperation", "humanitarian", "fictional")
    dossier = dossiers.open_dossier(
        by=handler,
        lead=Ministry.objects.get(code=data["lead"]),
        ministries=list(Ministry.objects.filter(code__in=data["ministries"])),
        opened_on=opened_on,
        **{name: data[name] for name in names if name in data},
    )
    if text := data.get("other_funding"):
        biv.note_other_funding(dossier_id=dossier.pk, by=handler, text=text, seen_revision=0)
    for number, row in enumerate(data["rondes"], 1):
        _ronde(dossier, number, row, handler)
    reason = f"Ingelezen: {data['source']}"
    enter(
        dossier_id=dossier.pk,
        phase=Phase(data["phase"]),
        by=handler,
        occurred_on=date.fromisoformat(data["phase_since"]),
        reason=reason,
    )
    for event in data["events"]:
        audit.record(
            "historie", event["sentence"], by=None, dossier=dossier, occurred_on=date.fromisoformat(event["date"])
        )
    audit.record("ingelezen", reason, by=handler, dossier=dossier, obj=data["key"], occurred_on=opened_on)
    return Dossier.objects.get(pk=dossier.pk)


def _ronde(dossier: Dossier, number: int, row: Data, handler: User) -> None:
    ronde, _ = Ronde.objects.get_or_create(dossier=dossier, number=number)
    ronde.reason, ronde.runs_until = row.get("reason", ""), row.get("runs_until")
    ronde.opened_at = dossiers.start_of(date.fromisoformat(row["since"]))
    ronde.save(update_fields=["reason", "runs_until", "opened_at"])
    Dossier.objects.filter(pk=dossier.pk).update(ronde_number=number)
    dossier.ronde_number = number
    if toets := row.get("toets"):
        decided = date.fromisoformat(toets["date"])
        answers = {key: toets[key] for key in ("rechtsorde", "eenheid", "geweld", "humanitair", "applies")}
        dossiers.judge_artikel_100(dossier_id=dossier.pk, by=handler, decided_on=decided, **answers)
    for paper in row.get("products", []):
        _product(dossier, ronde, paper, handler)
    if money := row.get("biv"):
        _money(dossier, money, handler)
    for letter in row.get("letters", []):
        _letter(dossier, ronde, letter, handler)
    for fact in row.get("facts", []):
        _fact(dossier, fact, handler)


def _fact(dossier: Dossier, row: Data, handler: User) -> None:
    """A registered fact of those days, through the same service as any other."""
    by = User.objects.get(username=row["by"]) if "by" in row else handler
    made = vastlegging.register(
        dossier_id=dossier.pk, soort=row["soort"], op=date.fromisoformat(row["date"]), uitkomst=row.get("outcome", ""),
        kenmerk=row.get("reference", ""), tekst=row.get("text", ""), by=by,
    )  # fmt: skip
    if "confirmed_by" in row:
        vastlegging.confirm(vastlegging_id=made.pk, by=User.objects.get(username=row["confirmed_by"]))


def _product(dossier: Dossier, ronde: Ronde, row: Data, handler: User) -> None:
    """A product with its old date, frozen as vastgesteld; without a date it is a draft that people go on with."""
    paper = kind(row["kind"])
    assert isinstance(paper, ProductPaper)
    title = row.get("title", paper.label)
    document = Document.objects.create(dossier=dossier, ronde=ronde, kind=row["kind"], title=title)
    product = paper.model.objects.create(document=document, ronde=ronde, **row["values"])
    for option in row.get("options", []):
        product.opties.create(**option)
    papers.touch(document, handler)
    if "date" in row:
        _adopted(document, paper, date.fromisoformat(row["date"]), handler)


def _adopted(document: Document, paper: ProductPaper, adopted: date, handler: User) -> None:
    _written_on(document, adopted)
    papers.freeze(document, paper.content(document), by=handler, status=PaperStatus.VASTGESTELD, adopted_on=adopted)
    audit.record(
        "vastgesteld",
        f"{document.title} vastgesteld",
        by=handler,
        dossier=document.dossier,
        occurred_on=adopted,
        obj=f"document:{document.pk}",
    )


def _written_on(document: Document, day: date) -> None:
    """The text was finished on its old day, so that the papers of a dossier stand in their real order."""
    document.changed_at = dossiers.start_of(day)
    document.save(update_fields=["changed_at"])


def _letter(dossier: Dossier, ronde: Ronde, row: Data, handler: User) -> None:
    """A letter that was sent, with its signatories and the Kamerstuk numbers that are known."""
    kader = Toetsingskader.objects.get(name=row.get("kader", kamer.newest_kader().name))
    paper = kind(row["kind"])
    title = row.get("title", paper.label)
    document = Document.objects.create(dossier=dossier, ronde=ronde, kind=row["kind"], title=title)
    letter = Kamerbrief.objects.create(
        document=document,
        ronde=ronde,
        soort=row["kind"],
        kader=kader,
        betreft=row["subject"],
        kenmerk=row.get("reference", ""),
    )
    secties = []
    for punt in kamer.points(kader, row["kind"]).filter(code__in=row["sections"]):
        text = row["sections"][punt.code]
        secties.append(Briefsectie(
            brief=letter, code=punt.code, title=punt.title, question=punt.question, level=punt.level,
            ministry_id=punt.ministry_id, required=punt.required, order=punt.order, text=text,
            state=SectieStand.GEREED,
        ))  # fmt: skip
    Briefsectie.objects.bulk_create(secties)
    papers.touch(document, handler)
    sent = date.fromisoformat(row["date"])
    _written_on(document, sent)
    content = paper.content(document)
    content["date"] = formats.date_format(sent, "j F Y")
    content["signatories"] = [{"title": title, "name": name} for title, name in row["signatories"]]
    content["senders"] = row["senders"]
    version = papers.freeze(document, content, by=handler, status=PaperStatus.VERZONDEN, adopted_on=sent)
    for chamber, number in row["kamerstukken"].items():
        Verzending.objects.create(version=version, kamer=chamber, sent_on=sent, kamerstuk=number, by=handler)
    audit.record(
        "verzonden",
        f"{title} verzonden",
        by=handler,
        dossier=dossier,
        occurred_on=sent,
        obj=f"versie:{version.pk}",
    )


def _money(dossier: Dossier, row: Data, handler: User) -> None:
    """A request, its reservation and its decisions, through the same services as any other; the advice was given on paper."""
    fund, asked_on = Fund.objects.get(name=row["fund"]), date.fromisoformat(row["date"])
    aanvraag = biv.request_money(
        dossier_id=dossier.pk, by=handler, fund=fund, lines=biv.lines_of(fund, row["lines"]), asked_on=asked_on,
        about=biv.Verzoek(relevantie=row["relevantie"], bijdrage=row["bijdrage"], vergoeding=row.get("vergoeding", 0)),
    )  # fmt: skip
    keeper = User.objects.get(username=row["keeper"])
    biv.reserve(aanvraag_id=aanvraag.pk, by=keeper, objection="", occurred_on=asked_on)
    for code, username, day in row["decisions"]:
        biv.decide(
            aanvraag_id=aanvraag.pk, ministry=Ministry.objects.get(code=code), uitkomst="akkoord", toelichting="",
            by=User.objects.get(username=username), decided_on=date.fromisoformat(day),
        )  # fmt: skip
    for day, soort, reason, lines in row.get("books", []):
        act = {"aanvraag_id": aanvraag.pk, "reason": reason, "by": keeper, "occurred_on": date.fromisoformat(day)}
        if soort == "afrekenen":
            biv.settle(**act)
        else:
            biv.book_amounts(soort=soort, amounts=biv.amounts_of(fund, lines), **act)
