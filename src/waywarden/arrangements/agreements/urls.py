from django.urls import path

from waywarden.arrangements.agreements import draft_views, version_views, views

app_name = "agreements"

ONE = "agreements/<slug:number>/"
SENT = f"{ONE}versions/<int:version>"

urlpatterns = [
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/agreements.csv", views.agreements_table, name="agreements-csv"),
    path("agreements/agreements.xlsx", views.agreements_table, name="agreements-xlsx"),
    path("agreements/draft/", draft_views.draft, name="draft"),
    path(ONE, views.agreement, name="agreement"),
    path(f"{ONE}change/", draft_views.change, name="change"),
    path(f"{ONE}clauses/<slug:clause>/", draft_views.clause, name="clause"),
    path(f"{ONE}parties/add/", draft_views.add_party, name="add-party"),
    path(f"{ONE}parties/<int:party>/remove/", draft_views.remove_party, name="remove-party"),
    path(f"{ONE}services/add/", draft_views.add_line, name="add-line"),
    path(f"{ONE}services/<int:line>/remove/", draft_views.remove_line, name="remove-line"),
    path(f"{ONE}power/", draft_views.power, name="power"),
    path(f"{ONE}power/confirm/", draft_views.confirm_power, name="confirm-power"),
    path(f"{ONE}power/<int:confirmation>/take-back/", draft_views.take_back, name="take-back"),
    path(f"{ONE}send/", draft_views.send, name="send"),
    path(f"{SENT}/", version_views.version, name="version"),
    path(f"{SENT}/agreement.pdf", version_views.pdf, name="pdf"),
    path(f"{SENT}/agreement.docx", version_views.word, name="word"),
    path(f"{SENT}/beside/<int:other>/", version_views.beside_another, name="beside"),
    path(f"{SENT}/sign/", version_views.sign, name="sign"),
    path(f"{SENT}/decision/", version_views.name_decision, name="name-decision"),
    path(f"{SENT}/papers/add/", version_views.add_paper, name="add-paper"),
    path(f"{SENT}/papers/<int:paper>/", version_views.paper, name="paper"),
    path(f"{SENT}/papers/<int:paper>/confirm/", version_views.confirm_paper, name="confirm-paper"),
    path(f"{SENT}/papers/<int:paper>/refuse/", version_views.refuse_paper, name="refuse-paper"),
    path(f"{SENT}/start/", version_views.start, name="start"),
    path(f"{SENT}/notice/", version_views.give_notice, name="give-notice"),
    path(f"{SENT}/end/", version_views.end, name="end"),
    path(f"{SENT}/withdraw/", version_views.withdraw, name="withdraw"),
]
