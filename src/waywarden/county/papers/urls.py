from django.urls import path

from waywarden.county.papers import views

app_name = "papers"

urlpatterns = [
    path("bodies/<slug:key>/papers/", views.papers, name="papers"),
    path("bodies/<slug:key>/papers.csv", views.papers_table, name="papers-csv"),
    path("bodies/<slug:key>/papers.xlsx", views.papers_table, name="papers-xlsx"),
    path("bodies/<slug:key>/papers/add/", views.add, name="add"),
    path("bodies/<slug:key>/papers/<int:number>/", views.download, name="download"),
    path("bodies/<slug:key>/papers/<int:number>/withdraw/", views.withdraw, name="withdraw"),
]
