from django.urls import path

from waywarden.devolution.clusters import (
    alone_views,
    confirming_views,
    defaulting_views,
    delivering_views,
    inside_views,
    joining_views,
    leading_views,
    leaving_views,
    member_views,
    role_views,
    settling_views,
    terms_views,
    views,
)

app_name = "clusters"

urlpatterns = [
    path("clusters/", views.clusters, name="clusters"),
    path("clusters/clusters.csv", views.clusters_table, name="clusters-csv"),
    path("clusters/clusters.xlsx", views.clusters_table, name="clusters-xlsx"),
    path("clusters/propose/", views.propose, name="propose"),
    path("clusters/alone/", alone_views.going_alone, name="going-alone"),
    path("clusters/alone/ask/", alone_views.ask, name="ask-alone"),
    path("clusters/alone/asked/", alone_views.asked, name="alone-asked"),
    path("clusters/alone/asked.csv", alone_views.asked_table, name="alone-asked-csv"),
    path("clusters/alone/asked.xlsx", alone_views.asked_table, name="alone-asked-xlsx"),
    path("clusters/alone/<int:number>/", alone_views.one, name="alone-one"),
    path("clusters/alone/<int:number>/assess/", alone_views.assess, name="assess-alone"),
    path("clusters/alone/<int:number>/answer/", alone_views.answer_assessment, name="answer-alone"),
    path("clusters/alone/<int:number>/decide/", alone_views.decide, name="decide-alone"),
    path("clusters/alone/<int:number>/withdraw/", alone_views.withdraw, name="withdraw-alone"),
    path("clusters/<slug:cluster>/", views.cluster, name="cluster"),
    path("clusters/<slug:cluster>/change/", views.change, name="change"),
    path("clusters/<slug:cluster>/cost/", views.cost, name="cost"),
    path("clusters/<slug:cluster>/invite/", views.invite, name="invite"),
    path("clusters/<slug:cluster>/form/", views.form, name="form"),
    path("clusters/<slug:cluster>/withdraw/", views.withdraw, name="withdraw"),
    path("clusters/<slug:cluster>/power/", confirming_views.confirm, name="confirm-power"),
    path(
        "clusters/<slug:cluster>/power/<int:confirmation>/take-back/",
        confirming_views.take_back,
        name="take-back-confirmation",
    ),
    path("clusters/<slug:cluster>/members/add/", member_views.add, name="add-member"),
    path(
        "clusters/<slug:cluster>/members/<slug:key>/answer/", joining_views.answer_, name="answer"
    ),
    path("clusters/<slug:cluster>/members/<slug:key>/asked/", joining_views.asked, name="asked"),
    path(
        "clusters/<slug:cluster>/members/<slug:key>/question/",
        joining_views.question,
        name="question",
    ),
    path(
        "clusters/<slug:cluster>/members/<slug:key>/ask-again/",
        joining_views.ask_again,
        name="ask-again",
    ),
    path(
        "clusters/<slug:cluster>/members/<slug:key>/end-link/",
        joining_views.end_link,
        name="end-link",
    ),
    path("clusters/<slug:cluster>/members/<slug:key>/leave/", member_views.leave, name="leave"),
    path(
        "clusters/<slug:cluster>/members/<slug:key>/leave/erase-why/",
        leaving_views.erase_why,
        name="erase-why",
    ),
    path("clusters/<slug:cluster>/members/<slug:key>/alone/", joining_views.alone, name="alone"),
    path("clusters/<slug:cluster>/members/<slug:key>/agree/", terms_views.agree, name="agree"),
    path("clusters/<slug:cluster>/roles/<int:role>/accept/", role_views.accept, name="accept-role"),
    path("clusters/<slug:cluster>/roles/<int:role>/note/", role_views.note, name="note-holder"),
    path(
        "clusters/<slug:cluster>/roles/<int:role>/choose/",
        leading_views.choose,
        name="choose-group",
    ),
    path("clusters/<slug:cluster>/roles/<int:role>/give-up/", role_views.give_up, name="give-up"),
    path(
        "clusters/<slug:cluster>/roles/<int:role>/capacity/", role_views.capacity, name="capacity"
    ),
    path("clusters/<slug:cluster>/models/", delivering_views.models, name="models"),
    path("clusters/<slug:cluster>/models.csv", delivering_views.models_table, name="models-csv"),
    path("clusters/<slug:cluster>/models.xlsx", delivering_views.models_table, name="models-xlsx"),
    path(
        "clusters/<slug:cluster>/services/<slug:code>/visits/", delivering_views.work, name="work"
    ),
    path(
        "clusters/<slug:cluster>/services/<slug:code>/choose/",
        delivering_views.choose,
        name="choose-model",
    ),
    path(
        "clusters/<slug:cluster>/services/<slug:code>/models/<slug:model>/",
        delivering_views.state,
        name="state-model",
    ),
    path("clusters/<slug:cluster>/meetings/record/", settling_views.meet, name="meet"),
    path("clusters/<slug:cluster>/members/<slug:key>/lend/", settling_views.lend, name="lend"),
    path(
        "clusters/<slug:cluster>/members/<slug:key>/lend/<int:resource>/take-back/",
        settling_views.take_back,
        name="take-back",
    ),
    path(
        "clusters/<slug:cluster>/members/<slug:key>/unpaid/", defaulting_views.record, name="unpaid"
    ),
    path(
        "clusters/<slug:cluster>/unpaid/<int:default>/paid/",
        defaulting_views.put_right,
        name="put-right",
    ),
    path(
        "clusters/<slug:cluster>/unpaid/<int:default>/end/",
        defaulting_views.end,
        name="end-unpaid",
    ),
    path("clusters/<slug:cluster>/settle/", settling_views.settle, name="settle"),
    path(
        "clusters/<slug:cluster>/settlements/<int:number>/",
        settling_views.settlement,
        name="settlement",
    ),
    path(
        "clusters/<slug:cluster>/settlements/<int:number>/<slug:key>/paid/",
        settling_views.note_paid,
        name="note-paid",
    ),
    path(
        "clusters/<slug:cluster>/members/<slug:key>/consent/",
        settling_views.consent,
        name="consent",
    ),
    path("clusters/<slug:cluster>/members.csv", inside_views.members, name="members-csv"),
    path("clusters/<slug:cluster>/members.xlsx", inside_views.members, name="members-xlsx"),
    path("clusters/<slug:cluster>/votes.csv", inside_views.votes, name="votes-csv"),
    path("clusters/<slug:cluster>/votes.xlsx", inside_views.votes, name="votes-xlsx"),
    path("clusters/<slug:cluster>/resources.csv", inside_views.resources, name="resources-csv"),
    path("clusters/<slug:cluster>/resources.xlsx", inside_views.resources, name="resources-xlsx"),
    path("clusters/<slug:cluster>/unpaid.csv", inside_views.unpaid, name="all-unpaid-csv"),
    path("clusters/<slug:cluster>/unpaid.xlsx", inside_views.unpaid, name="all-unpaid-xlsx"),
    path(
        "clusters/<slug:cluster>/terms/<int:number>/shares.csv",
        inside_views.shares,
        name="shares-csv",
    ),
    path(
        "clusters/<slug:cluster>/terms/<int:number>/shares.xlsx",
        inside_views.shares,
        name="shares-xlsx",
    ),
    path(
        "clusters/<slug:cluster>/settlements/<int:number>/portions.csv",
        inside_views.portions,
        name="portions-csv",
    ),
    path(
        "clusters/<slug:cluster>/settlements/<int:number>/portions.xlsx",
        inside_views.portions,
        name="portions-xlsx",
    ),
    path(
        "clusters/<slug:cluster>/settlements/<int:number>/handovers.csv",
        inside_views.handovers,
        name="handovers-csv",
    ),
    path(
        "clusters/<slug:cluster>/settlements/<int:number>/handovers.xlsx",
        inside_views.handovers,
        name="handovers-xlsx",
    ),
    path("clusters/<slug:cluster>/dissolve/", settling_views.dissolve, name="dissolve"),
    path("c/<str:secret>/", joining_views.by_link, name="by-link"),
    path("clusters/<slug:cluster>/terms/draw-up/", terms_views.draw_up, name="draw-up"),
    path("clusters/<slug:cluster>/terms/<int:number>/", terms_views.terms, name="terms"),
]
