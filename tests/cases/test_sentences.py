"""What a form says when it refuses something is a sentence of ours that says what to do, never one of Django itself."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name
from django.http import QueryDict
from django.urls import get_resolver

from cases.forms.basis import Basis
from cases.forms.zinnen import zet_zinnen

BAD = ["", "\x00", "abc", "-1", "1.5", "1e400", "9" * 40, "31-2-2026", "x" * 300_000, "\ud800"]


def below(base: type) -> Iterator[type]:
    for sub in base.__subclasses__():
        yield sub
        yield from below(sub)


def our_forms() -> list[type[forms.BaseForm]]:
    """Every form class of the application; the addresses import every view, and the views every form."""
    assert get_resolver().url_patterns
    rooms = ("cases.", "phases.", "budget_biv.", "geintegreerd.")
    return [form for form in set(below(Basis)) if form.__module__.startswith(rooms) and hasattr(form, "base_fields")]


def sentences_of_django() -> re.Pattern:
    """Everything that Django's own fields and validators would say, in the language of the application."""
    said = {
        str(s)
        for field in {forms.Field, *below(forms.Field)}
        if field.__module__.startswith("django.")
        for s in getattr(field, "default_error_messages", {}).values()
    }
    said |= {
        str(v.message)
        for v in vars(validators).values()
        if isinstance(getattr(v, "message", None), str) or hasattr(getattr(v, "message", None), "__proxy__")
    }
    parts = [re.sub(r"%\\\([a-z_]+\\\)[sd]", ".*", re.escape(s)) for s in said if s]
    return re.compile("|".join(parts))


def refusals(field: forms.Field) -> Iterator[str]:
    """What a field says to each bad value, as one line and as a list."""
    for value in BAD:
        data = QueryDict(mutable=True)
        data.setlist("veld", [value])
        try:
            given: Any = field.widget.value_from_datadict(data, {}, "veld")
            field.clean(given)
        except ValidationError as error:
            yield from error.messages


@pytest.mark.django_db
def test_no_field_says_what_django_would_say():
    found, fields = [], 0
    theirs = sentences_of_django()
    for form in our_forms():
        for name, base in form.base_fields.items():
            field = base.__deepcopy__({})
            zet_zinnen(field, str(field.label or pretty_name(name)))
            if field.widget.is_hidden:
                continue
            fields += 1
            found += [f"{form.__name__}.{name}: {said}" for said in refusals(field) if theirs.fullmatch(said)]
    assert fields > 60
    assert sorted(set(found)) == []


@pytest.mark.django_db
def test_the_login_says_it_in_our_words(client):
    page = client.post("/account/inloggen/", {"login": "", "password": ""})
    shown = page.content.decode()
    theirs = sentences_of_django()
    said = [s for errors in page.context["form"].errors.values() for s in errors]
    assert said
    assert [s for s in said if theirs.fullmatch(s)] == []
    assert "Error" not in shown
