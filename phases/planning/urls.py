"""Addresses of this room."""

from django.urls import path

from phases.planning import views

urlpatterns = [path("dossiers/<str:number>/plan/", views.plan, name="plan")]
