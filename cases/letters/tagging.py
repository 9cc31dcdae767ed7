"""What WeasyPrint 70 leaves out of a tagged PDF, put right just before the file is written.

PDF/UA-1 wants every piece of content either in the structure tree or marked as an artifact (running lines of a page are
neither), a scope on table headers, no element identifiers without an IDTree, and links that are printed too.
"""

from collections.abc import Iterator


def repair(document, pdf) -> None:
    """WeasyPrint's finisher: corrects the structure of the whole file (a pydyf.PDF) in place."""
    _scope_headers(document, pdf)
    _print_links(pdf)
    _drop_empty_items(pdf)
    read = set(_read_elements(pdf, pdf.catalog["StructTreeRoot"]))
    parents = _object(pdf, _object(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    for number, page in enumerate(pdf.page_references):
        elements = parents[parents.index(number) + 1]
        running = {mcid for mcid, reference in enumerate(elements) if reference not in read}
        for mcid in running:
            elements[mcid] = b"null"
        _mark_as_artifact(_object(pdf, _object(pdf, page)["Contents"]), running)


def _object(pdf, reference: bytes):
    return pdf.objects[int(reference.split()[0])]


def _read_elements(pdf, reference: bytes) -> Iterator[bytes]:
    """The references of everything that a screen reader meets, from the root of the structure down."""
    todo = [reference]
    while todo:
        current = todo.pop()
        yield current
        todo += [kid for kid in _object(pdf, current).get("K", []) if isinstance(kid, bytes)]


def _mark_as_artifact(stream, running: set[int]) -> None:
    """Turn the marks of running content (by number) into artifact marks: printed, but not read as text of the paper."""
    items = stream.stream
    for index, item in enumerate(items):
        if item == b"BDC" and items[index - 1]["MCID"] in running:
            items[index - 2 : index + 1] = ["/Artifact", b"", b"BMC"]


def _print_links(pdf) -> None:
    """Say of every link that it is printed like the text it lies on."""
    for annotation in pdf.objects:
        if isinstance(annotation, dict) and annotation.get("Subtype") == "/Link":
            annotation["F"] = 4


def _drop_empty_items(pdf) -> None:
    """Leave out what remains of a list item whose text stands on the page before."""
    empty = {o.reference for o in pdf.objects if isinstance(o, dict) and o.get("S") == "/LI" and not o.get("K")}
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/L":
            element["K"][:] = [kid for kid in element["K"] if kid not in empty]


def _scope_headers(document, pdf) -> None:
    """Say of every table header whether it heads a row or a column, instead of by identifiers that nothing lists."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if getattr(box, "mark", None) and box.element_tag == "th":
                row = box.element.get("scope") == "row"
                box.mark["A"]["Scope"] = "/Row" if row else "/Column"
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") in {"/TH", "/TD"}:
            element.pop("ID", None)
            element.get("A", {}).pop("Headers", None)
