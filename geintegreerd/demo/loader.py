"""Loads the dossiers of the demo from fixtures/demo: missions that are read in, and fictitious ones made act by act."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from cases import audit
from cases.models import Dossier, Event, Ministry, User
from cases.services import dossiers, participation
from geintegreerd.demo.acts import Play
from geintegreerd.demo.clock import acting_on, day_of
from phases.process import worklist
from phases.process.inlezen import read_in
from phases.process.models import Beurt
from phases.smo import services as smo

FOLDER = settings.BASE_DIR / "fixtures" / "demo"
OPENING = ("title", "summary", "countries", "region", "efforts", "cooperation", "humanitarian")
People = dict[str, User]
Data = dict[str, Any]


def make_demo(people: People) -> list[Dossier]:
    """Every dossier of the demo that is not there yet; doing it twice changes nothing. As owner: some are read in."""
    smo.plan_ahead(day_of(0))
    made = [make_dossier(read(path), people) for path in sorted(FOLDER.glob("*.json"))]
    return [dossier for dossier in made if dossier]


def read(path: Path) -> Data:
    """One file of the folder."""
    return json.loads(path.read_text())


@transaction.atomic
def make_dossier(data: Data, people: People) -> Dossier | None:
    """The dossier of one file with everything that was done in it, in one transaction; None when it is already there."""
    dossier = read_in(data) if "rondes" in data else _open(data, people)
    if dossier is None:
        return None
    token = audit.origin.set("demo")
    try:
        Play(dossier, people).run(data.get("acts", []))
    finally:
        audit.origin.reset(token)
    worklist.judge_again(dossier.pk)
    last = Event.objects.filter(dossier=dossier).latest("seq").occurred_on
    Beurt.objects.filter(dossier=dossier).update(since=dossiers.start_of(last))
    return Dossier.objects.get(pk=dossier.pk)


def _open(data: Data, people: People) -> Dossier | None:
    """A fictitious dossier in Oriëntatie. Its title is its identity."""
    if Dossier.objects.filter(title=data["title"]).exists():
        return None
    ministries = {m.code: m for m in Ministry.objects.all()}
    day = day_of(data["day"])
    token = audit.origin.set("demo")
    try:
        with acting_on(day, 0):
            made = dossiers.open_dossier(
                by=people[data["handler"]],
                lead=ministries[data["lead"]],
                ministries=[ministries[code] for code in data["ministries"]],
                opened_on=day,
                fictional=True,
                **{name: data[name] for name in OPENING if name in data},
            )
            for code in data.get("working_group", []):
                contact = people[f"behandelaar-{code.lower()}"]
                participation.join(dossier_id=made.pk, ministry=ministries[code], contact=contact, by=made.handler)
            return made
    finally:
        audit.origin.reset(token)
