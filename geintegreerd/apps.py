"""The assembled whole: settings, urls and the screens that combine apps."""

from django.apps import AppConfig


class GeintegreerdConfig(AppConfig):
    name = "geintegreerd"
