"""HTML to PDF: the only place that knows WeasyPrint.

A paper is drawn in a child that is forked from a process that has WeasyPrint loaded (a fresh process costs 2.5 times as
much), with limits on memory and time set in the child, so that no text can take the worker down. Call it from a process
without other running threads, such as a Celery prefork worker.
"""

import ctypes
import gc
import os
import re
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import weasyprint
from weasyprint import layout
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from cases.letters.tagging import repair

CSS_DIR = Path(__file__).resolve().parents[2] / "static" / "css"
FONT_DIR = files("fontpkg_fira_sans") / "files"
ASSETS = {"asset:letters.css": "text/css", "asset:concept.css": "text/css", "asset:concept.svg": "image/svg+xml"}
PR_SET_PDEATHSIG = 1
# Pango needs quadratic time for accents on one letter (50,000: 50 s). No language stacks more than 30 (Unicode UAX #15).
MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
STACKED = re.compile(f"([{MARKS}]{{30}})[{MARKS}]+")
NO_MEMORY = 3
STAND, LOOK = "stand", 0.2  # where the child says how far it is, and how often the parent looks, in seconds
OUT_OF_TIME = {signal.SIGALRM, signal.SIGXCPU}
OUT_OF_MEMORY = {signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV, signal.SIGBUS}

TOO_LONG = "Het maken van de pdf duurde te lang. Maak de tekst korter en probeer het opnieuw."
TOO_BIG = "De tekst is te groot voor een pdf. Maak de tekst korter en probeer het opnieuw."
FAILED = "De pdf is niet gemaakt. Probeer het opnieuw of vraag de beheerder om hulp."


class RenderError(Exception):
    """The PDF was not made. str() is a sentence for the user, `reason` is for the log."""

    def __init__(self, sentence: str, reason: str):
        super().__init__(sentence)
        self.reason = reason


@dataclass(frozen=True)
class Limits:
    """What one rendering may use: bytes of address space beyond what its parent has, seconds of CPU, seconds on the clock."""

    memory: int = 1_200_000_000
    cpu: int = 60
    wall: int = 90


class Assets(URLFetcher):
    """Knows the project's own style sheets and nothing else; any other address stops the rendering."""

    def __init__(self):
        super().__init__(fail_on_errors=True)

    def fetch(self, url, headers=None):
        """The asset with this exact name; raises ValueError for everything else (http, file, data …)."""
        if url not in ASSETS:
            raise ValueError(f"no such asset: {url[:200]}")
        body = (CSS_DIR / url.removeprefix("asset:")).read_bytes()
        return URLFetcherResponse(url, body, {"Content-Type": f"{ASSETS[url]}; charset=utf-8"})


def pdf(
    html: str, *, title: str, concept: bool, limits: Limits = Limits(), progress: Callable[[int], None] | None = None
) -> bytes:  # fmt: skip
    """The tagged PDF (PDF/UA-1) of a paper; the same html, title and concept always give the same bytes.

    concept lays the watermark under every page without touching the html. `progress` hears, while the pages of a bundle are
    laid out, at which part (an element of class "stuk") they are. Raises RenderError when the paper cannot be drawn or takes
    more than the limits.
    """
    with TemporaryDirectory(prefix="papier-") as name:
        folder = Path(name)
        child = os.fork()
        if child == 0:
            _in_child(folder, html, title, concept, limits)
        status = _wait(child, folder / STAND, progress)
        if status != 0:
            raise _error(status, folder / "reason")
        return (folder / "pdf").read_bytes()


def _wait(child: int, stand: Path, progress: Callable[[int], None] | None) -> int:
    """The child's exit status. When the wait is broken off (a stopping worker), the child ends too."""
    last = 0
    try:
        while progress:
            pid, status = os.waitpid(child, os.WNOHANG)
            now = int(stand.read_text() or 0) if stand.exists() else 0
            if now > last:
                progress(now)
                last = now
            if pid:
                return status
            time.sleep(LOOK)
        return os.waitpid(child, 0)[1]
    except BaseException:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise


def _in_child(folder: Path, html: str, title: str, concept: bool, limits: Limits) -> None:
    """Draw within the limits and leave without the parent's exit handlers or destructors. Never returns."""
    code = 1
    try:
        gc.freeze()  # the parent's database connections must not be closed from here
        _limit(limits)
        os.environ["FONTCONFIG_FILE"] = str(_font_file(folder))
        _tell_parts(folder / STAND)
        (folder / "pdf").write_bytes(_draw(html, title, concept))
        code = 0
    except MemoryError:
        code = NO_MEMORY  # there may be no room left to write a report
    except BaseException:
        (folder / "reason").write_text(traceback.format_exc(limit=-3)[-2000:], encoding="utf-8")
    finally:
        os._exit(code)


def _tell_parts(stand: Path) -> None:
    """Writes down with each page how many parts of a bundle have begun; a paper that is no bundle has none."""
    lay_out = layout.make_all_pages

    def pages(*args):
        begun = set()
        for page in lay_out(*args):
            elements = (box.element for box in page.descendants() if box.element is not None)
            begun |= {e.get("id") for e in elements if e.get("class", "").split()[:1] == ["stuk"]}
            if begun:
                stand.write_text(str(len(begun)))
            yield page

    layout.make_all_pages = pages


def _limit(limits: Limits) -> None:
    """Let the kernel end this process at a limit or with its parent, even when Python is deep inside a library."""
    for number in (signal.SIGALRM, signal.SIGXCPU, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.alarm(limits.wall)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 1))
    memory = _reserved() + limits.memory
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _reserved() -> int:
    """Bytes of address space that came with the fork: a parent that ran many threads has reserved more than a gigabyte."""
    if sys.platform != "linux":
        return 0
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _font_file(folder: Path) -> Path:
    """A Fontconfig set-up in which only Fira Sans exists: missing characters cannot pull in a font of the machine."""
    path = folder / "fonts.conf"
    path.write_text(f"<fontconfig><dir>{escape(str(FONT_DIR))}</dir></fontconfig>", encoding="utf-8")
    return path


def _draw(html: str, title: str, concept: bool) -> bytes:
    """The PDF itself, without limits. The identifier is the hash of the html, so that no clock or chance gets in."""
    fetcher, fonts = Assets(), FontConfiguration()
    page = weasyprint.HTML(string=STACKED.sub(r"\1", html), url_fetcher=fetcher)
    styles = [weasyprint.CSS(url="asset:concept.css", url_fetcher=fetcher, font_config=fonts)] if concept else []
    document = page.render(font_config=fonts, stylesheets=styles, pdf_variant="pdf/ua-1", pdf_tags=True)
    gc.collect()  # what the lay-out left behind, before the file is built: 2 MB of the worker's 150 (./run bench)
    document.metadata.title = title
    document.metadata.lang = "nl"
    identifier = sha256(html.encode()).hexdigest().encode()
    return document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=identifier, finisher=repair)


def _error(status: int, report: Path) -> RenderError:
    """What the child's end means for the user: too long, too big or something else."""
    if os.WIFSIGNALED(status):
        number = signal.Signals(os.WTERMSIG(status))
        sentence = TOO_LONG if number in OUT_OF_TIME else TOO_BIG if number in OUT_OF_MEMORY else FAILED
        return RenderError(sentence, f"ended by {number.name}")
    if os.WEXITSTATUS(status) == NO_MEMORY:
        return RenderError(TOO_BIG, "out of memory")
    reason = report.read_text(encoding="utf-8") if report.exists() else f"wait status {status}"
    return RenderError(FAILED, reason)
