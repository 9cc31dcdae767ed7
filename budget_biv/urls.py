"""Addresses of the money."""

from django.urls import path

from budget_biv import views

urlpatterns = [
    path("dossiers/<str:number>/budget/", views.budget, name="budget"),
    path("dossiers/<str:number>/budget/aanvragen/", views.aanvragen, name="budget_aanvragen"),
    path("dossiers/<str:number>/budget/andere-financiering/", views.andere_financiering, name="budget_anders"),
    path("dossiers/<str:number>/budget/<int:aanvraag_id>/beslissen/", views.beslissen, name="budget_beslissen"),
    path("biv/", views.biv, name="biv"),
    path("biv/<int:jaar>/", views.jaar, name="biv_jaar"),
]
