"""The user's Markdown as harmless HTML: the same for the preview on the screen and for the paper.

Only headings, lists, quotations, emphasis, links and footnotes exist. Everything else (HTML, images, code, template
syntax) stays visible as the text it is; nh3 then removes whatever this module did not mean to make.
"""

import re

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

RULES = [
    "heading",
    "list",
    "blockquote",
    "emphasis",
    "link",
    "autolink",
    "escape",
    "entity",
    "newline",
    "balance_pairs",
]
TAGS = [
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "blockquote",
    "a",
    "sup",
    "span",
    "section",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
]
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={"a": {"href", "id", "aria-label"}, "li": {"id"}, "ol": {"start"}},
    allowed_classes={"span": {"voetnoot"}, "section": {"voetnoten"}},
    url_schemes={"http", "https", "mailto"},
)


def to_html(text: str, prefix: str = "", *, top: int = 3, paper: bool = False) -> SafeString:
    """Sanitised HTML of Markdown text.

    prefix keeps the ids of footnotes apart when several sections share a page. The user's highest heading becomes h<top>
    and no level is skipped. With paper=True a footnote stands inside the sentence as span.voetnoot, which the
    stylesheet moves to the foot of its page; otherwise the notes follow the text as a list with links.
    """
    text = CONTROL.sub("", text.replace("\r\n", "\n")).encode("utf-8", "replace").decode()
    return SafeString(CLEANER.clean(MARKDOWN.render(text, {"prefix": prefix, "top": top, "paper": paper})))


def as_words(text: str) -> str:
    """The text as one paragraph of Markdown that reads as it was typed: no line and no sign of it makes anything."""
    return PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def opening(text: str, limit: int = 300) -> str:
    """The first paragraph of Markdown text as plain words, without notes; at most `limit` characters."""
    tokens = MARKDOWN.parse(text.replace("\r\n", "\n"), {"prefix": "", "top": 3, "paper": False})
    inline = next((token for token in tokens if token.type == "inline"), None)
    kinds = {"text": lambda child: child.content, "softbreak": lambda _: " ", "hardbreak": lambda _: " "}
    words = "".join(kinds[child.type](child) for child in (inline.children if inline else []) if child.type in kinds)
    return words if len(words) <= limit else f"{words[:limit].rstrip()}…"


def _shift_headings(state: StateCore) -> None:
    """Start the user's headings at env["top"] and close gaps: a screen reader announces a skipped level as missing."""
    open_levels: list[int] = []
    for token in state.tokens:
        if token.type == "heading_open":
            given = int(token.tag[1])
            open_levels = [level for level in open_levels if level < given] + [given]
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(state.env['top'] - 1 + len(open_levels), 6)}"


def _notes_in_place(state: StateCore) -> None:
    """On paper: take the notes from the end of the text and keep them by number, for the references to print."""
    if not state.env["paper"]:
        return
    body: list[Token] = []
    notes: dict[int, list[Token]] = {}
    current: list[Token] | None = None
    for token in state.tokens:
        if token.type == "footnote_open":
            current = notes.setdefault(token.meta["id"], [])
        elif token.type == "footnote_close":
            current = None
        elif current is not None:
            current += [token] if token.type == "inline" else []
        elif not token.type.startswith("footnote_block"):
            body.append(token)
    state.tokens, state.env["notes"] = body, notes


def _anchor(token: Token, env: dict) -> str:
    prefix = f"-{env['prefix']}" if env["prefix"] else ""
    return f"{prefix}-{token.meta['id'] + 1}"


def _reference(self, tokens, idx, options, env) -> str:
    """A reference to a note: a numbered link on the screen, the note itself on paper (not inside another note)."""
    number = tokens[idx].meta["id"]
    if not env["paper"]:
        anchor = _anchor(tokens[idx], env)
        again = tokens[idx].meta.get("subId", 0)
        place = f"{anchor}:{again}" if again else anchor
        return f'<sup><a href="#fn{anchor}" id="fnref{place}" aria-label="Noot {number + 1}">{number + 1}</a></sup>'
    if env.get("inside_note"):
        return ""
    env["inside_note"] = True
    lines = [self.renderInline(token.children or [], options, env) for token in env["notes"].get(number, [])]
    env["inside_note"] = False
    return f'<span class="voetnoot">{" ".join(lines)}</span>'


def _note_open(self, tokens, idx, options, env) -> str:
    return f'<li id="fn{_anchor(tokens[idx], env)}">'


def _back(self, tokens, idx, options, env) -> str:
    if tokens[idx].meta.get("subId"):
        return ""
    anchor = _anchor(tokens[idx], env)
    return f' <a href="#fnref{anchor}" aria-label="Terug naar de tekst">↩</a>'


def _allowed_link(url: str) -> bool:
    return url.lower().startswith(("http://", "https://", "mailto:"))


def _parser() -> MarkdownIt:
    """The one parser: nothing but RULES and footnotes, raw HTML off, links only to the web and to mail."""
    parser = MarkdownIt("zero", {"html": False, "maxNesting": 20}).enable(RULES).use(footnote_plugin)
    parser.validateLink = _allowed_link  # type: ignore[method-assign]
    parser.core.ruler.push("shift_headings", _shift_headings)
    parser.core.ruler.push("notes_in_place", _notes_in_place)
    parser.add_render_rule("footnote_ref", _reference)
    parser.add_render_rule("footnote_open", _note_open)
    parser.add_render_rule("footnote_anchor", _back)
    parser.add_render_rule("footnote_block_open", lambda *_: '<section class="voetnoten"><ol>')
    parser.add_render_rule("footnote_block_close", lambda *_: "</ol></section>")
    return parser


MARKDOWN = _parser()
