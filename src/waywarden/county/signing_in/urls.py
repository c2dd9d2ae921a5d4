"""The addresses of signing in, in one name space with those of offices, on which they stand."""

from django.urls import path

from waywarden.county.people.urls import urlpatterns as of_offices
from waywarden.county.signing_in import account_views, first_run_views, rule_views, views

app_name = "people"

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/link-sent/", views.link_sent, name="link-sent"),
    path("sign-in/link/<str:secret>/", views.link, name="link"),
    path("sign-in/password/", views.password, name="password"),
    path("sign-in/passkey/", views.passkey, name="passkey"),
    path("sign-in/passkey/options/", views.passkey_options, name="passkey-options"),
    path("sign-in/second-step/", views.second_step, name="second-step"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("sign-out/everywhere/", account_views.sign_out_everywhere, name="sign-out-everywhere"),
    path("first-run/", first_run_views.begin, name="first-run"),
    path("account/sign-in/", account_views.ways, name="ways"),
    path("account/sign-in/app/", account_views.set_up_app, name="set-up-app"),
    path("account/sign-in/passkey/", account_views.add_passkey, name="add-passkey"),
    path(
        "account/sign-in/passkey/options/",
        account_views.new_passkey_options,
        name="new-passkey-options",
    ),
    path("account/sign-in/remove/", account_views.remove_step, name="remove-step"),
    path("account/sign-in/codes/", account_views.renew_codes, name="renew-codes"),
    path("account/sign-in/codes/file/", account_views.download_codes, name="download-codes"),
    path("account/sign-in/password/", account_views.set_password, name="set-password"),
    path("bodies/<slug:key>/sign-in-rule/", rule_views.sign_in_rule, name="sign-in-rule"),
    *of_offices,
]
