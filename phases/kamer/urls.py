"""Addresses of this room."""

from django.urls import path

from phases.kamer import lijsten, sending, views

urlpatterns = [
    path("dossiers/<str:number>/behandeling/", lijsten.behandeling, name="behandeling"),
    path("dossiers/<str:number>/toezeggingen/", lijsten.toezeggingen, name="toezeggingen"),
    path("dossiers/<str:number>/toezeggingen/<int:toezegging_id>/", lijsten.toezegging, name="toezegging"),
    path("dossiers/<str:number>/brieven/", views.brieven, name="brieven"),
    path("dossiers/<str:number>/brieven/<str:soort>/", views.brief, name="brief"),
    path("dossiers/<str:number>/brieven/<str:soort>/beginnen/", views.begin, name="brief_begin"),
    path("dossiers/<str:number>/brieven/<str:soort>/voorbeeld/", views.voorbeeld, name="brief_voorbeeld"),
    path("dossiers/<str:number>/brieven/<str:soort>/ondertekenen/", sending.ondertekenen, name="ondertekenen"),
    path("dossiers/<str:number>/brieven/<str:soort>/verzenden/", sending.verzenden, name="verzenden"),
    path(
        "dossiers/<str:number>/brieven/<str:soort>/kamerstuk/<int:verzending_id>/", sending.kamerstuk, name="kamerstuk"
    ),
    path("dossiers/<str:number>/brieven/<str:soort>/<str:code>/", views.sectie, name="brief_sectie"),
]
