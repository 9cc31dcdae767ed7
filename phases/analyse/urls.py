"""Addresses of this room."""

from django.urls import path

from phases.analyse import views

urlpatterns = [
    path("dossiers/<str:number>/analyse/", views.analyse, name="analyse"),
    path("dossiers/<str:number>/analyse/inbreng/<str:code>/", views.inbreng, name="inbreng"),
]
