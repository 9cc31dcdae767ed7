"""Addresses of the money."""

urlpatterns: list = []
