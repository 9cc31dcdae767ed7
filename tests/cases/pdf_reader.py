"""Reads a tagged PDF the way a test wants to: text per page, structure elements, fonts, and what is marked as what."""

import re

import pikepdf

SHOW = {"Tj", "TJ"}


def page_text(page: pikepdf.Page) -> str:
    """The text of a page in drawing order, decoded with the fonts' own ToUnicode maps."""
    fonts = {name: _to_unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    found, current = [], {}
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, instruction.operator
        if str(operator) == "Tf":
            current = fonts[str(operands[0])]
        elif str(operator) in SHOW:
            found.append("".join(_decode(part, current) for part in _strings(operands[0])))
    return "\n".join(found)


def _strings(operand) -> list[bytes]:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    return [bytes(part) for part in parts if isinstance(part, pikepdf.String)]


def _decode(data: bytes, mapping: dict[int, str]) -> str:
    return "".join(mapping.get(int.from_bytes(data[i : i + 2], "big"), "") for i in range(0, len(data), 2))


def _to_unicode(font) -> dict[int, str]:
    """Glyph number → text, from the bfchar and bfrange lines of the font."""
    lines = font.ToUnicode.read_bytes().decode()
    pairs = re.findall(r"^<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>$", lines, re.MULTILINE)
    found = {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
    ranges = re.findall(r"^<([0-9a-fA-F]+)> <([0-9a-fA-F]+)> <([0-9a-fA-F]{4})>$", lines, re.MULTILINE)
    for first, last, text in ranges:
        found |= {code: chr(int(text, 16) + code - int(first, 16)) for code in range(int(first, 16), int(last, 16) + 1)}
    return found


def marks_of_shown_text(page: pikepdf.Page) -> list[str]:
    """For every piece of shown text: "Artifact", "MCID 7", or "" when nothing says what it is."""
    stack: list[str] = []
    found: list[str] = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, instruction.operator
        match str(operator):
            case "BMC":
                stack.append(str(operands[0]).strip("/"))
            case "BDC":
                stack.append(f"MCID {operands[1]['/MCID']}")
            case "EMC":
                stack.pop()
            case "Tj" | "TJ":
                found.append(stack[-1] if stack else "")
    return found


def elements(document: pikepdf.Pdf) -> list:
    """Every structure element that a screen reader meets, in reading order."""
    found: list = []
    todo: list = [document.Root.StructTreeRoot]
    while todo:
        node = todo.pop()
        found.append(node)
        kids: list = list(node.get("/K", []))
        todo += [kid for kid in reversed(kids) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return found[1:]


def tags(document: pikepdf.Pdf) -> list[str]:
    return [str(element.S).strip("/") for element in elements(document)]


def read_mcids(document: pikepdf.Pdf, page: pikepdf.Page) -> set[int]:
    """The marked content of a page that hangs in the structure tree."""
    own = [e for e in elements(document) if "/Pg" in e and e.Pg.objgen == page.objgen]
    return {int(kid) for e in own for kid in e.get("/K", []) if not isinstance(kid, pikepdf.Object)}


def read_text(document: pikepdf.Pdf) -> list[str]:
    """The text in the order of the structure tree, as a screen reader speaks it."""
    spoken = {page.objgen: _text_by_mark(page) for page in document.pages}
    found = []
    for element in elements(document):
        own = spoken.get(element.Pg.objgen, {}) if "/Pg" in element else {}
        found += [own.get(int(kid), "") + " " for kid in element.get("/K", []) if not isinstance(kid, pikepdf.Object)]
    return found


def _text_by_mark(page: pikepdf.Page) -> dict[int, str]:
    """Number of marked content → its text."""
    fonts = {name: _to_unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    stack: list[int | None] = []
    current: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator == "BDC":
            stack.append(int(operands[1]["/MCID"]))
        elif operator == "BMC":
            stack.append(None)
        elif operator == "EMC":
            stack.pop()
        elif operator == "Tf":
            current = fonts[str(operands[0])]
        elif operator in SHOW and stack and stack[-1] is not None:
            text = "".join(_decode(part, current) for part in _strings(operands[0]))
            found[stack[-1]] = found.get(stack[-1], "") + text
    return found


def font_names(document: pikepdf.Pdf) -> set[str]:
    """The names of all fonts in the file; fails when one is not embedded."""
    descriptors = [
        o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
    ]
    assert all({"/FontFile2", "/FontFile3"} & set(d.keys()) for d in descriptors)
    return {str(d.FontName).split("+")[1] for d in descriptors}
