"""Addresses of the dossier itself."""

urlpatterns: list = []
