"""What can go wrong in a service, as exceptions: a form shows them above its fields, geintegreerd.middleware on a page."""

from typing import Any


class Denied(Exception):
    """Someone sees a dossier but may not do this: 403, with the reason and whom to ask."""

    def __init__(self, reason: str, how: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.how = how


class Conflict(Exception):
    """The state is not what the user saw: 409, with what happened and a link to the present state."""

    def __init__(self, sentence: str, url: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.url = url


class Stale(Conflict):
    """Somebody saved since the form was drawn: `saved` by field name, and `seen`, the mark with which one saves over it."""

    def __init__(self, sentence: str, url: str, *, saved: dict[str, Any], seen: object) -> None:
        super().__init__(sentence, url)
        self.saved = saved
        self.seen = str(seen)


class NotPossible(Exception):
    """A rule of the procedure says no: 422, with every reason."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = list(sentences)
