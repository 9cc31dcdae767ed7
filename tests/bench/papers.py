"""Letters: the snapshot of a 12-page artikel 100-brief, its PDF against a bare WeasyPrint call, and the memory of a real worker."""

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.clock import Report, cpu, in_turns
from tests.bench.places import Places
from tests.cases.letter_samples import TABLE, letter
from tests.database import ROOT

PAGES, SNAPSHOT_MS, PDF_RATIO = 12, 50, 1.1
MEMORY_MB, GROWTH_MB = 150, 8
PARAGRAPH = (
    "Het kabinet heeft besloten bij te dragen aan de missie.[^{n}] De inzet duurt twee jaar en omvat ten hoogste 175"
    " militairen, die samenwerken met *partners in de regio* en met de **Europese Unie**. "
)


def long_letter() -> dict:
    """An artikel 100-brief of twelve pages: seven chapters with notes, lists and a table."""
    sections = []
    for chapter in range(7):
        text = "\n\n".join(PARAGRAPH.format(n=n) * 3 for n in range(1, 7))
        notes = "\n".join(f"[^{n}]: Kamerstuk 29 521, nr. {400 + n}." for n in range(1, 7))
        section = {"code": f"s{chapter}", "title": f"Onderdeel {chapter + 1}", "level": 2, "tables": []}
        section["text"] = f"{text}\n\n- ten hoogste 175 militairen\n- een staf van tien\n\n{notes}"
        section["tables"] = [TABLE] if chapter % 4 == 3 else []
        sections.append(section)
    return letter(sections=sections, title="Artikel 100-brief", fictional=False)


def measure(report: Report, places: Places, name: str, rounds: int, letters: int) -> None:
    """The letter by itself, and then in a worker on the database with this name."""
    import pikepdf

    from cases.letters import render
    from cases.letters.base import snapshot

    report.say("\nArtikel 100-brief van twaalf bladzijden")
    content = long_letter()
    html = snapshot(content).html
    snap = cpu(partial(snapshot, content), rounds)
    report.at_most("momentopname in html", snap, SNAPSHOT_MS, unit="ms processortijd")
    ours = partial(render.pdf, html, title="Artikel 100-brief", concept=False)
    with TemporaryDirectory() as folder, pikepdf.open(_written(Path(folder), ours())) as document:
        report.say(f"  · {len(document.pages)} bladzijden, {len(html) // 1000} kB html")
    with TemporaryDirectory() as folder:
        low, high = in_turns(partial(_bare, html, Path(folder)), ours, rounds=max(2, rounds // 2))
    extra = f"{high.ms:.0f} ms tegen {low.ms:.0f} ms"
    report.at_most("pdf tegen een kale aanroep van WeasyPrint", high.ratio, PDF_RATIO, extra=extra)
    _worker(report, places, name, html, letters)


def _written(folder: Path, data: bytes) -> Path:
    path = folder / "brief.pdf"
    path.write_bytes(data)
    return path


def _bare(html: str, folder: Path) -> None:
    """The shortest way from this html to a tagged PDF, in a child as well: both begin with WeasyPrint loaded, without fonts."""
    import weasyprint

    from cases.letters.render import Assets, _font_file

    child = os.fork()
    if child == 0:
        try:
            os.environ["FONTCONFIG_FILE"] = str(_font_file(folder))
            page = weasyprint.HTML(string=html, url_fetcher=Assets())
            page.write_pdf(folder / "kaal.pdf", pdf_variant="pdf/ua-1", pdf_tags=True)
        finally:
            os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    (folder / "kaal.pdf").read_bytes()


def _worker(report: Report, places: Places, name: str, html: str, letters: int) -> None:
    """A real worker, started as in production, draws long letters and then many short ones; its memory is that of its whole family."""
    report.say(f"\nWorker: drie lange brieven en {letters} korte")
    clone = places.clones[name]
    places.use(name)
    _some_dossier()
    env = {k: v for k, v in os.environ.items() if k not in {"OWNER_DATABASE_URL", "DATABASE_AS"}}
    env |= {"DATABASE_URL": clone.runtime_url, "SWEEP_SECONDS": "1"}
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "geintegreerd",
        "worker",
        "--pool",
        "solo",
        "--loglevel",
        "WARNING",
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        peak = _draw(process.pid, html, 3)
        before = _memory(process.pid)
        peak = max(peak, _draw(process.pid, "<p>Korte brief</p>", letters))
        after = _memory(process.pid)
    finally:
        process.terminate()
        process.wait()
    report.at_most("geheugen van de worker met zijn kind, hoogste stand", peak, MEMORY_MB, unit="MB")
    report.at_most(f"groei na {letters} brieven", after - before, GROWTH_MB, unit="MB", extra=f"{before:.0f} MB vooraf")


def _some_dossier() -> None:
    """What the letters belong to, when no other part of the bench made a dossier."""
    from cases.models import Dossier
    from geintegreerd.demo.people import make_people
    from tests import builders

    if not Dossier.objects.exists():
        builders.make_dossier(make_people(password=None))


def _draw(pid: int, html: str, number: int) -> float:
    """Asks for so many letters, waits for them, and gives the highest memory seen meanwhile."""
    from django.db import transaction

    from cases.models import Rendering
    from cases.notifications import outbox

    with transaction.atomic():
        renderings = [_asked(html) for _ in range(number)]
        for rendering in renderings:
            outbox.add("pdf", {"rendering": rendering.pk})
    waiting = Rendering.objects.filter(pk__in=[r.pk for r in renderings], state=Rendering.State.WACHT)
    peak, deadline = 0.0, time.monotonic() + 300 + 10 * number
    while waiting.exists():
        peak = max(peak, _memory(pid))
        assert time.monotonic() < deadline, "the worker does not finish"
        time.sleep(0.05)
    made = Rendering.objects.filter(pk__in=[r.pk for r in renderings], state=Rendering.State.GEREED).count()
    assert made == number, f"{made} of {number} letters"
    return peak


def _asked(html: str):
    """A version with this html and a rendering that nobody made yet."""
    from hashlib import sha256

    from cases.models import Document, DocumentVersion, Dossier, Rendering

    dossier = Dossier.objects.first()
    document = Document.objects.create(dossier=dossier, ronde=dossier.current_ronde, kind="meting", title="Meting")
    version = DocumentVersion.objects.create(
        document=document,
        number=1,
        revision=0,
        content={},
        html=html,
        sha256=sha256(html.encode()).hexdigest(),
        marking=dossier.marking,
        created_by=dossier.handler,
    )
    return Rendering.objects.create(version=version, concept=False)


def _memory(pid: int) -> float:
    """Megabytes of a process and all its descendants together; what they share counts once (PSS)."""
    total = 0
    for member in _family(pid):
        try:
            lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1000


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(member for child in children for member in _family(int(child)))]
