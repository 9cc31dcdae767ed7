"""The live server finds static files by their own names; the hashed names of the manifest belong to a collected folder.
The browser keeps them, as it does behind WhiteNoise: asking for each again on each page took a third of the time of a page.
"""

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler

PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True)
def plain_static_names(settings):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN}


@pytest.fixture(autouse=True)
def static_files_are_kept(monkeypatch):
    serve = StaticFilesHandler.serve

    def kept(handler, request):
        response = serve(handler, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    monkeypatch.setattr(StaticFilesHandler, "serve", kept)
