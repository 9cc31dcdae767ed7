"""The live server finds static files by their own names; the hashed names of the manifest belong to a collected folder."""

import pytest

PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True)
def plain_static_names(settings):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN}
