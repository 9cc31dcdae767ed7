"""What people do in the dossiers of the demo, as rows of a fixture: each row is one or more calls of the real services.

A row names the day ("day": days from today or a date; it holds for the rows after it), the act ("do") and who acts ("by").
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from budget_biv import services as biv
from budget_biv.models import Aanvraag, Ceiling, Fund
from cases.letters.kinds import ProductPaper, kind
from cases.models import Document, DocumentVersion, Dossier, Ministry, User
from cases.services import dossiers, papers, participation, products
from cases.services.locks import current_ronde
from geintegreerd.demo.clock import acting_on, day_of
from phases.analyse import services as analyse
from phases.besluit import services as besluit
from phases.besluit.selectors import ministers
from phases.handelingsopties import services as opties
from phases.kamer import behandeling, toezeggingen
from phases.kamer import services as kamer
from phases.kamer.models import Kamerbrief, Toezegging
from phases.lessen import services as lessen
from phases.planning import services as plan
from phases.process import biv as process_biv
from phases.process import services as process
from phases.process import verklaringen
from phases.smo import services as smo
from phases.smo.models import Aanbieding, Ritme, Vergadering
from phases.smo.papers import list_mark
from phases.smo.selectors import meetings as selectors
from phases.vastlegging import services as vastlegging

Row = dict[str, Any]


class Play:
    """Plays the rows of one dossier, in order."""

    def __init__(self, dossier: Dossier, people: dict[str, User]) -> None:
        self.dossier, self.people = dossier, people
        self.ministries = {m.code: m for m in Ministry.objects.all()}

    def run(self, rows: list[Row]) -> None:
        """Every row as the service would do it on its day; within a day each row is some minutes later."""
        day, minutes = day_of(0), 0
        for row in rows:
            values = dict(row)
            if "day" in values:
                day, minutes = day_of(values.pop("day")), 0
            minutes += 7
            by = self.people[values.pop("by", self.dossier.handler.username)]
            with acting_on(day, minutes):
                getattr(self, f"do_{values.pop('do')}")(by, **values)

    # What every row needs to find

    def _version(self, paper: str) -> DocumentVersion:
        """The newest frozen version of a kind of paper in the current Ronde."""
        rows = DocumentVersion.objects.filter(
            document__dossier=self.dossier, document__kind=paper, **self._now("document")
        )
        return rows.defer("html", "content").order_by("-document_id", "-number")[0]

    def _document(self, paper: str) -> Document:
        return Document.objects.filter(dossier=self.dossier, kind=paper, **self._now()).order_by("-id")[0]

    def _now(self, *path: str) -> dict[str, F]:
        """A filter for what belongs to the current Ronde."""
        return {"__".join([*path, "ronde__number"]): F("__".join([*path, "dossier__ronde_number"]))}

    def _fresh(self) -> Dossier:
        return Dossier.objects.get(pk=self.dossier.pk)

    def _offer(self, paper: str) -> Aanbieding:
        rows = Aanbieding.objects.filter(version__document__dossier=self.dossier, version__document__kind=paper)
        return rows.latest("pk")

    def _of(self, role: str, code: str) -> User:
        return self.people[f"{role}-{code.lower()}"]

    def _participants(self) -> list[str]:
        return list(self.dossier.participations.values_list("ministry__code", flat=True))

    # Writing and adopting

    def do_toets(self, by: User, **answers: Any) -> None:
        dossiers.judge_artikel_100(dossier_id=self.dossier.pk, by=by, **answers)

    def do_write(
        self, by: User, paper: str, values: Row, options: list[Row] | None = None, new: bool = False, title: str = ""
    ) -> None:
        """Fills a product, with the options of an optiesnota; `new` begins another progress report."""
        sort = kind(paper)
        assert isinstance(sort, ProductPaper)
        earlier = None if new else products.current(sort, self.dossier.pk, self._fresh().ronde_number)
        seen = earlier.document.revision if earlier else 0
        made = products.save(paper=sort, dossier_id=self.dossier.pk, by=by, seen_revision=seen, values=values, new=new)
        if title:
            Document.objects.filter(pk=made.document_id).update(title=title)
        for option in options or []:
            opties.add_option(dossier_id=self.dossier.pk, by=by, values=option)

    def do_letter(self, by: User, paper: str, subject: str, sections: dict[str, str], ready: bool = True) -> None:
        """Begins a letter, or goes on with it, and writes these sections; one whose text ends in … stays unfinished."""
        begun = Kamerbrief.objects.filter(ronde=current_ronde(self._fresh()), soort=paper).first()
        letter = begun or kamer.begin(dossier_id=self.dossier.pk, soort=paper, betreft=subject, by=by)
        for section in letter.secties.filter(code__in=sections):
            text = sections[section.code]
            kamer.write_section(
                sectie_id=section.pk, text=text, ready=ready and not text.endswith("…"), seen_revision=0, by=by
            )

    def do_contribute(self, by: User, ministry: str, text: str, nothing: bool = False) -> None:
        """What a ministry brings in for the analysis, or that it has nothing."""
        analyse.contribute(
            dossier_id=self.dossier.pk, ministry=self.ministries[ministry], soort="geen" if nothing else "inbreng",
            tekst=text, by=self._of("behandelaar", ministry),
        )  # fmt: skip

    def do_put_forward(self, by: User, paper: str) -> None:
        papers.put_forward(document_id=self._document(paper).pk, by=by)

    def do_initial(self, by: User, paper: str, ministries: list[str]) -> None:
        for code in ministries:
            version, ministry = self._version(paper), self.ministries[code]
            papers.initial(version_id=version.pk, ministry=ministry, by=self._of("teamleider", code))

    def do_adopt(self, by: User, paper: str) -> None:
        """Puts a paper forward, lets every participating ministry initial it, and adopts it."""
        self.do_put_forward(by, paper)
        self.do_initial(by, paper, self._participants())
        papers.adopt(version_id=self._version(paper).pk, by=by)

    # The SMO and decisions

    def do_offer(self, by: User, paper: str, meeting: int, written: bool = False, sort: str = "advies") -> None:
        """For a meeting of these days from today, which is made when it is past; one to come is the next that is planned."""
        day = day_of(meeting) if written else meeting_on(day_of(meeting))
        smo.offer(version_id=self._version(paper).pk, meeting_on=day, by=by, schriftelijk=written, soort=sort)

    def do_position(self, by: User, paper: str, ministry: str, view: str, conditions: str = "", why: str = "") -> None:
        smo.take_position(
            aanbieding_id=self._offer(paper).pk, ministry=self.ministries[ministry], strekking=view,
            voorwaarden=conditions, toelichting=why, by=self._of("smo", ministry),
        )  # fmt: skip

    def do_agree(self, by: User, paper: str, ministries: list[str] | None = None) -> None:
        """These ministries, or all of the SMO, see no objection."""
        for code in ministries or [code for code, ministry in self.ministries.items() if ministry.in_smo]:
            self.do_position(by, paper, code, "akkoord")

    def do_conclude(
        self, by: User, paper: str, verdict: str, text: str, onward: str = "", conditions: tuple[str, ...] = ()
    ) -> None:  # fmt: skip
        smo.conclude(
            aanbieding_id=self._offer(paper).pk, oordeel=verdict, doorgeleiding=onward, tekst=text, by=by,
            voorwaarden=conditions,
        )  # fmt: skip

    def do_meet_condition(self, by: User, paper: str, text: str, confirmed_by: str = "") -> None:
        """The first condition that nobody met yet."""
        conclusie = self._offer(paper).conclusies.latest("pk")
        voorwaarde = conclusie.voorwaarden.filter(afhandelingen=None)[0]
        made = smo.meet_condition(voorwaarde_id=voorwaarde.pk, tekst=text, done_on=_today(), by=by)
        if confirmed_by:
            confirmer = self.people[confirmed_by]
            smo.check_condition(afhandeling_id=made.pk, voldaan=True, toelichting="", by=confirmer)

    def do_confirm_money(self, by: User, paper: str, why: str) -> None:
        """The advice holds for the newest BIV request too."""
        act = {"aanvraag_id": self._request().pk, "toelichting": why, "by": by}
        smo.confirm_money(aanbieding_id=self._offer(paper).pk, **act)

    def do_withdraw(self, by: User, paper: str, reason: str) -> None:
        smo.withdraw(aanbieding_id=self._offer(paper).pk, reason=reason, by=by)

    def do_minutes(
        self, by: User, paper: str, present: list[str], text: str, actions: list[Row], adopted_by: str
    ) -> None:  # fmt: skip
        """The secretary writes the besluitenlijst of the meeting of this paper, with actions; another adopts it."""
        point = self._offer(paper).punten.earliest("pk")
        meeting = point.vergadering_id
        members = selectors.members(point.vergadering.day)
        there = [name for name in members if any(role in name for role in present)]
        smo.note_attendance(vergadering_id=meeting, aanwezig=there, gasten="", by=by)
        made = smo.write_list(
            vergadering_id=meeting, teksten={str(point.pk): text}, opmerkingen="", by=by, seen_revision=0
        )
        for row in actions:
            due, holder = day_of(row["due"]), self.people[row["holder"]]
            smo.add_action(vergadering_id=meeting, tekst=row["text"], holder=holder, due=due, by=by)
        smo.adopt_list(vergadering_id=meeting, by=self.people[adopted_by], seen=list_mark(made))

    def do_decide(
        self, by: User, paper: str, body: str, outcome: str = "akkoord", option: str = "", reference: str = "",
        why: str = "", confirmed_by: str = "", ministries: list[str] | None = None, name: str = "",
        cabinet: bool = False, cabinet_why: str = "",
    ) -> None:  # fmt: skip
        """Ministers decide each by the own gemachtigde, and then the second of that ministry confirms: all who must, or
        these. Another body is registered by `by`. `confirmed_by` is left out for what still waits."""
        version, given = self._version(paper), {"naam": name}
        if option:
            reason = cabinet_why or "De Ministerraad behandelt later de brief aan de Kamer (fictief)."
            given |= {"optie": option, "mr_nodig": cabinet, "mr_reden": reason}
        codes = ministries or list(ministers(self._fresh())) if body == "bewindspersonen" else [""]
        for code in codes:
            made = besluit.register(
                version_id=version.pk, orgaan=body, uitkomst=outcome, besluit_op=_today(), kenmerk=reference,
                toelichting=why, by=self._of("gemachtigde", code) if code else by, **given,
            )  # fmt: skip
            if confirmed_by:
                second = f"gemachtigde-{code.lower()}-2" if code else confirmed_by
                besluit.confirm(besluit_id=made.pk, by=self.people[second])

    def do_sign(self, by: User, paper: str, names: dict[str, str]) -> None:
        for code, name in names.items():
            version = self._version(paper)
            kamer.sign(
                version_id=version.pk, ministry=self.ministries[code], name=name, signed_on=_today(),
                by=self._of("gemachtigde", code),
            )  # fmt: skip

    def do_send(self, by: User, paper: str) -> None:
        kamer.send(version_id=self._version(paper).pk, sent_on=_today(), by=by)

    # Money

    def do_ask_money(
        self, by: User, lines: list[list[Any]], relevance: str, contribution: str, refund: int = 0, option: str = "",
        estimate: int | None = None, difference: str = "",
    ) -> None:  # fmt: skip
        fund = Fund.objects.get()
        about = biv.Verzoek(
            relevantie=relevance, bijdrage=contribution, vergoeding=refund, optie=option, optiekosten=estimate, verschil=difference
        )  # fmt: skip
        biv.request_money(dossier_id=self.dossier.pk, by=by, fund=fund, lines=biv.lines_of(fund, lines), about=about)

    def _request(self) -> Aanvraag:
        return self.dossier.rondes.get(number=self._fresh().ronde_number).aanvragen.latest("number")

    def do_reserve_money(self, by: User) -> None:
        process_biv.reserve(aanvraag_id=self._request().pk, by=by)

    def do_take_back_money(self, by: User, reason: str) -> None:
        biv.take_back(aanvraag_id=self._request().pk, reason=reason, by=by)

    def do_grant_money(
        self, by: User, outcomes: dict[str, str], held: bool = False, part: list[list[Any]] | None = None
    ) -> None:
        """Per ministry "akkoord", or the reason of a refusal, or with `held` of waiting; `part` when not all is granted."""
        no = "aangehouden" if held else "afgewezen"
        amounts = biv.amounts_of(Fund.objects.get(), part) if part else None
        for code, outcome in outcomes.items():
            agreed = outcome == "akkoord"
            biv.decide(
                aanvraag_id=self._request().pk, ministry=self.ministries[code], uitkomst="akkoord" if agreed else no,
                toelichting="" if agreed else outcome, by=self._of("gemachtigde", code), part=amounts if agreed else None,
            )  # fmt: skip

    def do_book_money(self, by: User, sort: str, lines: list[list[Any]], reason: str) -> None:
        amounts = biv.amounts_of(Fund.objects.get(), lines)
        biv.book_amounts(aanvraag_id=self._request().pk, soort=sort, amounts=amounts, reason=reason, by=by)

    def do_move_ceiling(
        self, by: User, source: list[Any], target: list[Any], oda: str, amount: int, reason: str, reference: str
    ) -> None:
        """A kasschuif or overheveling; a ceiling is written as [year, code of the category]."""
        ends = [Ceiling.objects.get(year=year, category__code=code).pk for year, code in (source, target)]
        biv.transfer(
            source_id=ends[0], target_id=ends[1], oda=oda, amount=amount, reason=reason, reference=reference,
            decided_on=_today(), by=by,
        )  # fmt: skip

    # What is registered with a date

    def do_register(
        self, by: User, soort: str, on: int | str = 0, outcome: str = "", reference: str = "", text: str = "",
        confirmed_by: str = "",
    ) -> None:  # fmt: skip
        """`on` is a date, or days from the day of the row."""
        day = date.fromisoformat(on) if isinstance(on, str) else _today() + timedelta(days=on)
        made = vastlegging.register(
            dossier_id=self.dossier.pk, soort=soort, op=day, uitkomst=outcome, kenmerk=reference, tekst=text, by=by
        )
        if confirmed_by:
            vastlegging.confirm(vastlegging_id=made.pk, by=self.people[confirmed_by])

    def do_indicator(
        self, by: User, name: str, source: str, target: str, baseline: str = "", planned: int | None = None
    ) -> None:
        """With the value that was measured today, or the days until the nulmeting."""
        plan.add_indicator(
            dossier_id=self.dossier.pk, by=by, naam=name, bron=source, streefwaarde=target, nulmeting=baseline,
            nulmeting_op=_today() if baseline else None,
            gepland_op=None if planned is None else _today() + timedelta(days=planned),
        )  # fmt: skip

    def do_treat(self, by: User, what: str, outcome: str, reference: str = "") -> None:
        behandeling.note_step(
            dossier_id=self.dossier.pk, by=by, stap=what, op=_today(), uitkomst=outcome, kenmerk=reference
        )

    def do_lesson(self, by: User, lesson: str, advice: str, source: str = "") -> None:
        lessen.record(dossier_id=self.dossier.pk, by=by, les=lesson, aanbeveling=advice, bron=source)

    def do_promise(self, by: User, text: str, to: str, ministry: str, before: int | None = None) -> None:
        toezeggingen.promise(
            dossier_id=self.dossier.pk, by=by, tekst=text, aan=to, gedaan_op=_today(), ministry=self.ministries[ministry],
            uiterlijk=None if before is None else day_of(before),
        )  # fmt: skip

    def do_settle(self, by: User, how: str, why: str) -> None:
        """How the oldest open promise to parliament ended."""
        oldest = Toezegging.objects.filter(ronde__dossier=self.dossier, afdoening=None).earliest("id")
        toezeggingen.settle(toezegging_id=oldest.pk, by=by, hoe=how, op=_today(), toelichting=why)

    # Moving

    def do_step(self, by: User, step: str, reason: str = "", outcome: str = "") -> None:
        seen = self._fresh().moves_made
        process.transition(
            dossier_id=self.dossier.pk, step=step, by=by, seen_version=seen, reason=reason, outcome=outcome
        )

    def do_propose(self, by: User, step: str, reason: str) -> None:
        seen = self._fresh().moves_made
        process.propose(dossier_id=self.dossier.pk, step=step, by=by, seen_version=seen, reason=reason)

    def do_waiver(
        self, by: User, gate: str, reason: str, until: int, granted_by: str = "", holder: str = "", term: int = 0
    ) -> None:
        """Asks to set a gate aside; `holder` catches up within `term` where the table says so."""
        later = {"holder": self.ministries[holder], "term": day_of(term)} if holder else {}
        waiver = process.ask_waiver(
            dossier_id=self.dossier.pk, gate=gate, by=by, reason=reason, until=day_of(until), **later
        )
        if granted_by:
            process.grant_waiver(waiver_id=waiver.pk, by=self.people[granted_by])

    def do_declare(
        self, by: User, kind: str, reason: str, until: int, holder: str, term: int, agreed_by: list[str]
    ) -> None:
        """Kleinschalig, één instrument or spoed, and who agreed."""
        asked = verklaringen.declare(
            dossier_id=self.dossier.pk, soort=kind, reason=reason, until=day_of(until), holder=self.ministries[holder],
            term=day_of(term), by=by,
        )  # fmt: skip
        for who in agreed_by:
            verklaringen.agree(verklaring_id=asked.pk, by=self.people[who])

    def do_mark(self, by: User, marking: str, until: int, reason: str) -> None:
        dossiers.mark(dossier_id=self.dossier.pk, by=by, marking=marking, until=day_of(until), reason=reason)

    def do_join(self, by: User, ministry: str, contact: str) -> None:
        participation.join(
            dossier_id=self.dossier.pk, ministry=self.ministries[ministry], contact=self.people[contact], by=by
        )

    def do_leave(self, by: User, ministry: str, reason: str) -> None:
        """By the teamleider of that ministry, whoever acted before."""
        leader, code = self._of("teamleider", ministry), self.ministries[ministry]
        participation.leave(dossier_id=self.dossier.pk, ministry=code, reason=reason, by=leader)

    def do_change(self, by: User, **facts: Any) -> None:
        dossiers.change_facts(dossier_id=self.dossier.pk, by=by, seen_revision=self._fresh().revision, **facts)


def meeting_on(day: date) -> date:
    """The day of a meeting: of old on this very day, made when it is not there; to come the first that is planned."""
    if day >= day_of(0):
        return Vergadering.objects.filter(day__gte=day, vervallen=False).earliest("day").day
    usual = Ritme.objects.get(pk=1)
    values = {"time": usual.time, "place": usual.place, "papers_by": day}
    return Vergadering.objects.get_or_create(day=day, vervallen=False, defaults=values)[0].day


def _today() -> date:
    """The day on which the row takes place."""
    return timezone.localdate()
