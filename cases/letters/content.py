"""What a paper says, as one plain dictionary that survives JSON: a frozen version can be drawn again from it.

Every value is text as the reader sees it (dates and amounts already in Dutch notation); only a section's text is Markdown.
"""

from typing import Literal, NotRequired, TypedDict

Layout = Literal["kamerbrief", "rapport", "product"]


class Table(TypedDict):
    """A table under a section. The first cell of a row names the row; `numeric` holds the columns (from 0) with figures."""

    caption: str
    head: list[str]
    rows: list[list[str]]
    numeric: NotRequired[list[int]]


class Section(TypedDict):
    """One headed part: level 2 is a chapter, 3 a part of the chapter before it. Without text and tables it is left out."""

    code: str
    title: str
    level: Literal[2, 3]
    text: str
    tables: NotRequired[list[Table]]


class Signatory(TypedDict):
    """Who signs, in the order of signing (BZ first): "De minister van Buitenlandse Zaken," and the name."""

    title: str
    name: str


class Content(TypedDict):
    """Everything on a paper. Only layout and title are required; `complete` fills in the rest.

    date is "" while nobody has dated the paper; rubricering is the label that stands on every page; fictional puts the
    demo line on every page; metadata are the [label, value] rows under the title of a report or product; values are the
    form fields behind a product, kept with the version and not printed.
    """

    layout: Layout
    title: str
    dossier_number: NotRequired[str]
    rubricering: NotRequired[str]
    senders: NotRequired[list[str]]
    addressee: NotRequired[list[str]]
    date: NotRequired[str]
    subject: NotRequired[str]
    reference: NotRequired[str]
    attachments: NotRequired[list[str]]
    salutation: NotRequired[str]
    sections: NotRequired[list[Section]]
    signatories: NotRequired[list[Signatory]]
    fictional: NotRequired[bool]
    metadata: NotRequired[list[list[str]]]
    values: NotRequired[dict[str, object]]


def complete(content: Content) -> dict:
    """The same content with every key present, so that a template never meets an undefined variable.

    Versions frozen before a key existed go through here too. Raises KeyError without layout or title.
    """
    return {
        "dossier_number": "",
        "rubricering": "Ongerubriceerd",
        "senders": [],
        "addressee": [],
        "date": "",
        "reference": "",
        "attachments": [],
        "salutation": "Geachte voorzitter,",
        "sections": [],
        "signatories": [],
        "fictional": False,
        "metadata": [],
        **content,
        "subject": content.get("subject") or content["title"],
        "layout": content["layout"],
    }
