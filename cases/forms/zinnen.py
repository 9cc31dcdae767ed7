"""What a form says when something is missing or wrong: not that it is wrong, but what to do."""

from django import forms

from cases.templatetags.notatie import getal

BLANCO = "Maak een keuze"


def _leeg(field: forms.Field, label: str) -> str:
    """The sentence for a required field that was left empty, by kind of field."""
    if isinstance(field, forms.FileField):
        return f"Kies een bestand bij ‘{label}’"
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return f"Kies minimaal 1 antwoord bij ‘{label}’"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return f"Kies een antwoord bij ‘{label}’"
    if isinstance(field, forms.BooleanField):
        return f"Vink ‘{label}’ aan"
    return f"Vul het veld ‘{label}’ in"


def _onjuist(field: forms.Field, label: str) -> str:
    """The sentence for a value that cannot be read, by kind of field."""
    if isinstance(field, forms.DateTimeField):
        return f"Vul bij ‘{label}’ een datum en tijd in, bijvoorbeeld 5-12-2026 10.42"
    if isinstance(field, forms.DateField):
        return f"Vul bij ‘{label}’ een datum in, bijvoorbeeld 5-12-2026"
    if isinstance(field, forms.TimeField):
        return f"Vul bij ‘{label}’ een tijd in, bijvoorbeeld 10.42"
    if isinstance(field, forms.EmailField):
        return f"Vul bij ‘{label}’ een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl"
    if isinstance(field, forms.URLField):
        return f"Vul bij ‘{label}’ een webadres in dat begint met https://"
    if isinstance(field, forms.IntegerField):
        return f"Vul bij ‘{label}’ een heel getal in, bijvoorbeeld 1.200"
    return f"Controleer wat u bij ‘{label}’ heeft ingevuld"


def _zinnen(field: forms.Field, label: str) -> dict[str, str]:
    """All sentences by Django's error code."""
    kies = f"Kies bij ‘{label}’ een antwoord uit de lijst"
    zinnen = {
        "required": _leeg(field, label),
        "invalid": _onjuist(field, label),
        "invalid_choice": kies,
        "invalid_list": kies,
        "invalid_pk_value": kies,
        "null_characters_not_allowed": f"Haal het onleesbare teken weg bij ‘{label}’",
        "empty": f"Kies bij ‘{label}’ een bestand met inhoud",
    }
    if getattr(field, "max_length", None):
        # %(te_veel)s comes from velden.TeLang; a field of Django itself only knows the length.
        ons = type(field).__module__ != "django.forms.fields"
        weg = f"Haal bij ‘{label}’ %(te_veel)s weg" if ons else f"Kort ‘{label}’ in"
        zinnen["max_length"] = f"{weg}. Er passen {getal(field.max_length)} tekens in"
    if getattr(field, "min_length", None):
        zinnen["min_length"] = f"Vul bij ‘{label}’ minimaal {getal(field.min_length)} tekens in"
    if isinstance(field, forms.IntegerField) and field.max_value is not None:
        zinnen["max_value"] = f"Vul bij ‘{label}’ {getal(field.max_value)} of lager in"
    if isinstance(field, forms.IntegerField) and field.min_value is not None:
        zinnen["min_value"] = f"Vul bij ‘{label}’ {getal(field.min_value)} of hoger in"
    return zinnen


def _standaard(field: forms.Field) -> dict[str, str]:
    """The messages this field would have had if its author had said nothing. Validators bring codes of their own."""
    zinnen: dict[str, str] = {}
    for klasse in reversed(type(field).__mro__):
        zinnen.update(getattr(klasse, "default_error_messages", {}))
    return zinnen


def zet_zinnen(field: forms.Field, label: str) -> None:
    """Give a field its Dutch sentences; a sentence of its author, or of one of our own fields, stays."""
    standaard = _standaard(field)
    eigen = (
        type(field).__dict__.get("default_error_messages", {}) if type(field).__module__.startswith("cases.") else {}
    )
    for code, zin in _zinnen(field, label).items():
        if code not in eigen and field.error_messages.get(code) == standaard.get(code):
            field.error_messages[code] = zin


def zet_blanco(field: forms.Field) -> None:
    """The empty first choice of a list says what to do instead of showing dashes."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label is not None:
            field.empty_label = BLANCO if field.required else "Geen"
    elif isinstance(field, forms.ChoiceField) and isinstance(field.widget, forms.Select):
        blanco = BLANCO if field.required else "Geen"
        field.choices = [
            (w, blanco if w in ("", None) and tekst == "---------" else tekst) for w, tekst in field.choices
        ]
