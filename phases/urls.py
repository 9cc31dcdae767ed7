"""Addresses of all rooms."""

from django.urls import include, path

ROOMS = (
    "process",
    "vastlegging",
    "lessen",
    "smo",
    "besluit",
    "kamer",
    "orientatie",
    "analyse",
    "handelingsopties",
    "planning",
    "uitvoering",
    "evaluatie",
)

urlpatterns = [path("", include(f"phases.{room}.urls")) for room in ROOMS]
