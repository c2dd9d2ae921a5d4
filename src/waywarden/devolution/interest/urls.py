from django.urls import path

from waywarden.devolution.interest import (
    budget_views,
    county_views,
    enclosure_views,
    funding_views,
    views,
    writing_views,
)

app_name = "interest"

urlpatterns = [
    path("interest/", views.open_, name="open"),
    path("interest/ask/", writing_views.ask, name="ask"),
    path("interest/asked/", county_views.asked, name="asked"),
    path("interest/asked.csv", county_views.asked_table, name="asked-csv"),
    path("interest/asked.xlsx", county_views.asked_table, name="asked-xlsx"),
    path("interest/funding/", funding_views.funding, name="funding"),
    path("interest/funding.csv", funding_views.funding_table, name="funding-csv"),
    path("interest/funding.xlsx", funding_views.funding_table, name="funding-xlsx"),
    path("interest/funding/add/", funding_views.add, name="add-fund"),
    path("interest/funding/<int:fund>/", funding_views.fund, name="fund"),
    path("interest/funding/<int:fund>/change/", funding_views.change, name="change-fund"),
    path("interest/funding/<int:fund>/close/", funding_views.close, name="close-fund"),
    path("interest/<int:number>/award/", funding_views.award, name="award"),
    path(
        "interest/<int:number>/awards/<int:award>/take-back/",
        funding_views.take_award_back,
        name="take-award-back",
    ),
    path("interest/link/<str:secret>/", views.by_link, name="by-link"),
    path("interest/<int:number>/", views.expression, name="expression"),
    path("interest/<int:number>/who/", writing_views.who, name="who"),
    path("interest/<int:number>/what/", writing_views.what, name="what"),
    path("interest/<int:number>/how/", writing_views.how, name="how"),
    path("interest/<int:number>/challenge/", writing_views.right_to_challenge, name="challenge"),
    path("interest/<int:number>/budget/", budget_views.budget, name="budget"),
    path("interest/<int:number>/papers/add/", enclosure_views.add, name="add-paper"),
    path("interest/<int:number>/papers/<int:paper>/", enclosure_views.paper, name="paper"),
    path(
        "interest/<int:number>/papers/<int:paper>/replace/",
        enclosure_views.replace,
        name="replace-paper",
    ),
    path(
        "interest/<int:number>/papers/<int:paper>/take-back/",
        enclosure_views.take_back,
        name="take-paper-back",
    ),
    path("interest/<int:number>/send/", views.send, name="send"),
    path("interest/<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path("interest/<int:number>/co-ordinator/", county_views.coordinate, name="coordinate"),
    path("interest/<int:number>/note/", county_views.note, name="note"),
    path("interest/<int:number>/assess/", county_views.assess, name="assess"),
    path("interest/<int:number>/decide/", county_views.decide, name="decide"),
    path("interest/<int:number>/erase/", county_views.erase, name="erase"),
]
