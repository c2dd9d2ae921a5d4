"""One address for every pattern of the site, and what can be asked of them all.

The list is kept by hand: a page that is added and not listed fails a test, so
that none is left out of the checks of content, of speed and of accessibility.
"""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

PAGES = {
    "website:home": "/",
    "website:search": "/search/?q=stoke",
    "website:help": "/help/",
    "website:guide": "/help/answer-an-offer/",
    "website:glossary": "/glossary/",
    "website:accessibility": "/accessibility/",
    "website:privacy": "/privacy/",
    "website:components": "/components/",
    "people:sign-in": "/sign-in/",
    "people:link-sent": "/sign-in/link-sent/",
    "people:link": "/sign-in/link/a-link-that-was-never-sent/",
    "people:password": "/sign-in/password/",
    "people:second-step": "/sign-in/second-step/",
    "people:first-run": "/first-run/",
    "bodies:bodies": "/bodies/",
    "bodies:body": "/bodies/cherwell-district-council/",
    "register:county": "/counties/oxfordshire/",
    "register:place": "/places/cholsey-south-oxfordshire/",
    "register:at": "/at/?lon=-1.15&lat=51.57",
    "register:services": "/services/",
    "register:service": "/services/village-grass/",
    "register:methods": "/methods/",
    "journal:head": "/journal/head/",
    "journal:history": "/history/area/cholsey-south-oxfordshire/",
    "offers:rounds": "/offers/",
    "interest:open": "/interest/",
    "interest:ask": "/interest/ask/",
    "interest:funding": "/interest/funding/",
    "interest:legal-forms": "/interest/legal-forms/",
    "interest:national-fund": "/interest/funding/national/reach-fund/",
    "agreements:agreements": "/agreements/",
    "clusters:clusters": "/clusters/",
    "overview:near": "/near/",
    "overview:progress": "/progress/oxfordshire/",
    "clusters:going-alone": "/clusters/alone/",
    "plans:plans": "/plans/",
    "plans:how": "/plans/how-plans-are-made/",
    "plans:plan": "/plans/1/",
    "plans:councils": "/plans/1/why/",
    "plans:council": "/plans/1/why/cholsey-south-oxfordshire/",
    "plans:compared": "/plans/1/beside/1/",
    "plans:cluster": "/plans/1/clusters/cluster-cholsey-south-oxfordshire/",
    "papers:papers": "/bodies/cherwell-district-council/papers/",
    "decisions:decisions": "/bodies/cherwell-district-council/decisions/",
    "letters:letters": "/plans/1/letters/",
    "letters:letter": "/plans/1/letters/cholsey-south-oxfordshire/",
}
DOWNLOADS = {
    "bodies:bodies-csv": "/bodies/bodies.csv",
    "bodies:bodies-xlsx": "/bodies/bodies.xlsx",
    "bodies:titles-xlsx": "/bodies/cherwell-district-council/offices.xlsx",
    "bodies:titles-csv": "/bodies/cherwell-district-council/offices.csv",
    "register:county-csv": "/counties/oxfordshire/places.csv",
    "register:place-csv": "/places/cholsey-south-oxfordshire/services.csv",
    "register:service-csv": "/services/village-grass/places.csv",
    "register:county-xlsx": "/counties/oxfordshire/places.xlsx",
    "register:place-xlsx": "/places/cholsey-south-oxfordshire/services.xlsx",
    "register:services-csv": "/services/catalogue.csv",
    "register:services-xlsx": "/services/catalogue.xlsx",
    "register:service-xlsx": "/services/village-grass/places.xlsx",
    "plans:plans-csv": "/plans/plans.csv",
    "plans:plans-xlsx": "/plans/plans.xlsx",
    "plans:why-csv": "/plans/1/why.csv",
    "plans:why-xlsx": "/plans/1/why.xlsx",
    "plans:compared-csv": "/plans/1/beside/1.csv",
    "plans:compared-xlsx": "/plans/1/beside/1.xlsx",
    "plans:clusters-xlsx": "/plans/1/clusters.xlsx",
    "plans:councils-xlsx": "/plans/1/councils.xlsx",
    "plans:members-xlsx": "/plans/1/clusters/cluster-cholsey-south-oxfordshire/members.xlsx",
    "journal:head-json": "/journal/head.json",
    "journal:heads-csv": "/journal/heads.csv",
    "letters:letters-csv": "/plans/1/letters.csv",
    "letters:letters-xlsx": "/plans/1/letters.xlsx",
    "journal:heads-xlsx": "/journal/heads.xlsx",
    "papers:papers-csv": "/bodies/cherwell-district-council/papers.csv",
    "papers:papers-xlsx": "/bodies/cherwell-district-council/papers.xlsx",
    "decisions:decisions-csv": "/bodies/cherwell-district-council/decisions/decisions.csv",
    "decisions:decisions-xlsx": "/bodies/cherwell-district-council/decisions/decisions.xlsx",
    "offers:rounds-csv": "/offers/offers.csv",
    "offers:rounds-xlsx": "/offers/offers.xlsx",
    "interest:funding-csv": "/interest/funding.csv",
    "interest:funding-xlsx": "/interest/funding.xlsx",
    "agreements:agreements-csv": "/agreements/agreements.csv",
    "agreements:agreements-xlsx": "/agreements/agreements.xlsx",
    "clusters:clusters-csv": "/clusters/clusters.csv",
    "clusters:clusters-xlsx": "/clusters/clusters.xlsx",
    "overview:progress-csv": "/progress/oxfordshire.csv",
    "overview:progress-xlsx": "/progress/oxfordshire.xlsx",
    "plans:clusters-csv": "/plans/1/clusters.csv",
    "plans:councils-csv": "/plans/1/councils.csv",
    "plans:members-csv": "/plans/1/clusters/cluster-cholsey-south-oxfordshire/members.csv",
}
MAPS = {
    "register:districts-svg": "/maps/oxfordshire/districts/wide.svg",
    "register:districts-geojson": "/maps/oxfordshire/districts.geojson",
    "overview:progress-map-svg": "/progress/oxfordshire/map/wide.svg",
    "overview:progress-map-geojson": "/progress/oxfordshire/map.geojson",
    "register:amounts-svg": "/maps/oxfordshire/village-grass/wide.svg",
    "register:amounts-geojson": "/maps/oxfordshire/village-grass.geojson",
    "register:place-map-svg": "/maps/places/cholsey-south-oxfordshire/map/wide.svg",
    "register:place-map-geojson": "/maps/places/cholsey-south-oxfordshire/map.geojson",
    "plans:plan-map-svg": "/plans/1/map/wide.svg",
    "plans:plan-map-geojson": "/plans/1/map.geojson",
    "plans:cluster-map-svg": "/plans/1/clusters/cluster-cholsey-south-oxfordshire/map/wide.svg",
    "plans:cluster-map-geojson": "/plans/1/clusters/cluster-cholsey-south-oxfordshire/map.geojson",
}
# What is given as PDF, Word or ZIP.
FILES = {
    "letters:letter-pdf": "/plans/1/letters/cholsey-south-oxfordshire.pdf",
    "letters:letter-word": "/plans/1/letters/cholsey-south-oxfordshire.docx",
}
# Files that somebody has to keep first: there is none in the county of these checks.
NOT_YET = {
    "papers:download": "/bodies/cherwell-district-council/papers/1/",
    "interest:paper": "/interest/1/papers/1/",
    "interest:fund": "/interest/funding/1/",
    "decisions:decision": "/bodies/cherwell-district-council/decisions/1/",
    "offers:round": "/offers/1/",
    "agreements:agreement": "/agreements/CO-2027-0001/",
    "clusters:cluster": "/clusters/around-coldbrook-council/",
    "letters:all-letters": "/plans/1/letters.zip",
}
ADDRESSES = PAGES | DOWNLOADS | MAPS | FILES
#: Those among them on which somebody tries to sign in.
WITH_FORMS = {
    PAGES[name]
    for name in (
        *("people:sign-in", "people:link", "people:password", "people:first-run"),
        "interest:ask",
    )
}

# What only somebody signed in may see, or what only takes forms: the permission matrix in
# tests/permissions asks for these in every office.
SIGNED_IN = {
    "people:account": "/account/",
    "imports:index": "/imports/",
    "imports:sent-csv": "/imports/sent.csv",
    "imports:sent-xlsx": "/imports/sent.xlsx",
    "imports:send": "/imports/contacts/",
    "imports:template-csv": "/imports/contacts/template.csv",
    "imports:template-xlsx": "/imports/contacts/template.xlsx",
    "imports:upload": "/imports/contacts/1/",
    "imports:left-out": "/imports/contacts/1/left-out.csv",
    "papers:add": "/bodies/coldbrook-council/papers/add/",
    "papers:withdraw": "/bodies/coldbrook-council/papers/1/withdraw/",
    **{
        f"decisions:{page}": f"/bodies/cherwell-district-council/decisions/{page}/"
        for page in ("record", "plan")
    },
    **{
        f"decisions:{page}": f"/bodies/cherwell-district-council/decisions/1/{page}/"
        for page in ("take", "correct", "hand-on", "notice", "withdraw", "call-in", "confirm")
    },
    "decisions:add-option": "/bodies/cherwell-district-council/decisions/1/options/add/",
    "decisions:sign-off": "/bodies/cherwell-district-council/decisions/1/sign-off/legal/",
    "decisions:declare": "/bodies/cherwell-district-council/decisions/1/interests/declare/",
    "decisions:take-back": "/bodies/cherwell-district-council/decisions/1/interests/1/take-back/",
    "agreements:draft": "/agreements/draft/",
    **{
        f"agreements:{page}": f"/agreements/CO-2027-0001/{page}/"
        for page in ("change", "power", "send")
    },
    "agreements:clause": "/agreements/CO-2027-0001/clauses/safety/",
    "agreements:add-party": "/agreements/CO-2027-0001/parties/add/",
    "agreements:remove-party": "/agreements/CO-2027-0001/parties/1/remove/",
    "agreements:add-line": "/agreements/CO-2027-0001/services/add/",
    "agreements:remove-line": "/agreements/CO-2027-0001/services/1/remove/",
    "agreements:confirm-power": "/agreements/CO-2027-0001/power/confirm/",
    "agreements:take-back": "/agreements/CO-2027-0001/power/1/take-back/",
    "agreements:version": "/agreements/CO-2027-0001/versions/1/",
    "agreements:pdf": "/agreements/CO-2027-0001/versions/1/agreement.pdf",
    "agreements:word": "/agreements/CO-2027-0001/versions/1/agreement.docx",
    "agreements:beside": "/agreements/CO-2027-0001/versions/1/beside/1/",
    "agreements:name-decision": "/agreements/CO-2027-0001/versions/1/decision/",
    "agreements:add-paper": "/agreements/CO-2027-0001/versions/1/papers/add/",
    "agreements:paper": "/agreements/CO-2027-0001/versions/1/papers/1/",
    "agreements:confirm-paper": "/agreements/CO-2027-0001/versions/1/papers/1/confirm/",
    "agreements:refuse-paper": "/agreements/CO-2027-0001/versions/1/papers/1/refuse/",
    **{
        f"agreements:{page}": f"/agreements/CO-2027-0001/versions/1/{route}/"
        for page, route in (
            *(("sign", "sign"), ("start", "start"), ("give-notice", "notice")),
            *(("end", "end"), ("withdraw", "withdraw")),
        )
    },
    "offers:begin": "/offers/begin/",
    "clusters:propose": "/clusters/propose/",
    "clusters:change": "/clusters/around-coldbrook-council/change/",
    "clusters:cost": "/clusters/around-coldbrook-council/cost/",
    "clusters:withdraw": "/clusters/around-coldbrook-council/withdraw/",
    "clusters:confirm-power": "/clusters/around-coldbrook-council/power/",
    "clusters:take-back-confirmation": "/clusters/around-coldbrook-council/power/1/take-back/",
    "clusters:add-member": "/clusters/around-coldbrook-council/members/add/",
    **{
        f"clusters:{page}": f"/clusters/around-coldbrook-council/members/coldbrook-council/{page}/"
        for page in (
            *("answer", "leave", "alone", "agree", "lend", "consent", "unpaid"),
            *("asked", "question", "end-link"),
        )
    },
    "clusters:erase-why": (
        "/clusters/around-coldbrook-council/members/coldbrook-council/leave/erase-why/"
    ),
    "clusters:put-right": "/clusters/around-coldbrook-council/unpaid/1/paid/",
    "clusters:end-unpaid": "/clusters/around-coldbrook-council/unpaid/1/end/",
    "clusters:note-paid": (
        "/clusters/around-coldbrook-council/settlements/1/coldbrook-council/paid/"
    ),
    **{
        f"clusters:{name}-{kind}": f"/clusters/around-coldbrook-council/{route}.{kind}"
        for name, route in (
            ("members", "members"),
            ("shares", "terms/1/shares"),
            ("votes", "votes"),
            ("resources", "resources"),
            ("all-unpaid", "unpaid"),
            ("portions", "settlements/1/portions"),
            ("handovers", "settlements/1/handovers"),
        )
        for kind in ("csv", "xlsx")
    },
    "clusters:note-holder": "/clusters/around-coldbrook-council/roles/1/note/",
    "clusters:choose-group": "/clusters/around-coldbrook-council/roles/1/choose/",
    "clusters:give-up": "/clusters/around-coldbrook-council/roles/1/give-up/",
    "clusters:capacity": "/clusters/around-coldbrook-council/roles/1/capacity/",
    "clusters:draw-up": "/clusters/around-coldbrook-council/terms/draw-up/",
    "clusters:meet": "/clusters/around-coldbrook-council/meetings/record/",
    "clusters:settle": "/clusters/around-coldbrook-council/settle/",
    "clusters:settlement": "/clusters/around-coldbrook-council/settlements/1/",
    "clusters:models": "/clusters/around-coldbrook-council/models/",
    "clusters:models-csv": "/clusters/around-coldbrook-council/models.csv",
    "clusters:models-xlsx": "/clusters/around-coldbrook-council/models.xlsx",
    "clusters:work": "/clusters/around-coldbrook-council/services/DPS01/visits/",
    "clusters:choose-model": "/clusters/around-coldbrook-council/services/DPS01/choose/",
    "clusters:state-model": "/clusters/around-coldbrook-council/services/DPS01/models/own/",
    "clusters:terms": "/clusters/around-coldbrook-council/terms/1/",
    "clusters:ask-alone": "/clusters/alone/ask/",
    "clusters:alone-asked": "/clusters/alone/asked/",
    "clusters:alone-asked-csv": "/clusters/alone/asked.csv",
    "clusters:alone-asked-xlsx": "/clusters/alone/asked.xlsx",
    "clusters:alone-one": "/clusters/alone/1/",
    **{
        f"clusters:{page}-alone": f"/clusters/alone/1/{page}/"
        for page in ("assess", "answer", "decide", "withdraw")
    },
    "offers:change": "/offers/1/change/",
    "offers:add-service": "/offers/1/services/add/",
    "offers:withdraw": "/offers/1/withdraw/",
    "offers:confirm-power": "/offers/1/power/",
    "offers:take-back-confirmation": "/offers/1/power/1/take-back/",
    "offers:councils": "/offers/1/councils/",
    "offers:councils-csv": "/offers/1/councils.csv",
    "offers:councils-xlsx": "/offers/1/councils.xlsx",
    "offers:calendar": "/offers/1/calendar/",
    "offers:calendar-csv": "/offers/1/calendar.csv",
    "offers:calendar-xlsx": "/offers/1/calendar.xlsx",
    "offers:packs": "/offers/1/packs/",
    "offers:packs-zip": "/offers/1/packs.zip",
    "offers:offer": "/offers/1/councils/coldbrook-council/",
    "offers:lines-csv": "/offers/1/councils/coldbrook-council/lines.csv",
    "offers:lines-xlsx": "/offers/1/councils/coldbrook-council/lines.xlsx",
    "offers:own": "/offers/1/councils/coldbrook-council/own/",
    "offers:answer": "/offers/1/councils/coldbrook-council/answer/",
    "offers:call-back": "/offers/1/councils/coldbrook-council/call-back/",
    "offers:called": "/offers/1/councils/coldbrook-council/called/",
    "offers:end-link": "/offers/1/councils/coldbrook-council/end-link/",
    "offers:dispute": "/offers/1/councils/coldbrook-council/quantities/coldbrook-marlshire/1/",
    "offers:photo": (
        "/offers/1/councils/coldbrook-council/quantities/coldbrook-marlshire/1/photo/"
    ),
    "offers:pdf": "/offers/1/councils/coldbrook-council/offer.pdf",
    "offers:word": "/offers/1/councils/coldbrook-council/offer.docx",
    "offers:wording": "/offers/1/councils/coldbrook-council/wording/",
    "offers:wording-text": "/offers/1/councils/coldbrook-council/wording.txt",
    "interest:expression": "/interest/1/",
    **{
        f"interest:{page}": f"/interest/1/{page}/"
        for page in (
            *("who", "what", "how", "challenge", "budget", "withdraw", "note", "assess", "decide"),
            *("erase", "legal-form", "steps", "host", "hosting"),
        )
    },
    "interest:notes-csv": "/interest/1/notes.csv",
    "interest:notes-xlsx": "/interest/1/notes.xlsx",
    "interest:awards-csv": "/interest/awards.csv",
    "interest:awards-xlsx": "/interest/awards.xlsx",
    "interest:add-fund": "/interest/funding/add/",
    "interest:change-fund": "/interest/funding/1/change/",
    "interest:close-fund": "/interest/funding/1/close/",
    "interest:award": "/interest/1/award/",
    "interest:take-award-back": "/interest/1/awards/1/take-back/",
    "interest:add-paper": "/interest/1/papers/add/",
    "interest:replace-paper": "/interest/1/papers/1/replace/",
    "interest:take-paper-back": "/interest/1/papers/1/take-back/",
    "interest:coordinate": "/interest/1/co-ordinator/",
    "interest:asked": "/interest/asked/",
    "interest:asked-csv": "/interest/asked.csv",
    "interest:asked-xlsx": "/interest/asked.xlsx",
    "overview:overview": "/overview/",
    "making:make": "/plans/make/",
    "making:adopt": "/plans/1/adopt/",
    "making:change": "/plans/1/change/",
    "making:asked": "/plans/asked/1/",
    "making:figures-csv": "/plans/asked/1/figures.csv",
    "making:figures-xlsx": "/plans/asked/1/figures.xlsx",
    "people:ways": "/account/sign-in/",
    "people:set-up-app": "/account/sign-in/app/",
    "people:add-passkey": "/account/sign-in/passkey/",
    "people:remove-step": "/account/sign-in/remove/",
    "people:set-password": "/account/sign-in/password/",
    "people:sign-in-rule": "/bodies/wychbourne-council/sign-in-rule/",
    "notices:preferences": "/account/notices/",
    "notices:log": "/notices/log/",
    "notices:log-csv": "/notices/log.csv",
    "notices:log-xlsx": "/notices/log.xlsx",
    "work:jobs": "/jobs/",
    "bodies:people": "/bodies/cherwell-district-council/people/",
    "bodies:people-csv": "/bodies/cherwell-district-council/people.csv",
    "bodies:people-xlsx": "/bodies/cherwell-district-council/people.xlsx",
    "bodies:offices": "/bodies/cherwell-district-council/people/offices/",
    "bodies:invitations": "/bodies/cherwell-district-council/people/invitations/",
    "bodies:invitations-csv": "/bodies/cherwell-district-council/people/invitations.csv",
    "bodies:invitations-xlsx": "/bodies/cherwell-district-council/people/invitations.xlsx",
    "offices:appoint": "/bodies/cherwell-district-council/people/appoint/",
    "offices:invite": "/bodies/cherwell-district-council/people/invite/",
    "offices:hand-over": "/bodies/cherwell-district-council/people/1/hand-over/",
    "offices:end": "/bodies/cherwell-district-council/people/1/end/",
    "offices:extend": "/bodies/cherwell-district-council/people/1/extend/",
    "recovery:recovery": "/bodies/cherwell-district-council/recovery/",
    "recovery:propose": "/bodies/cherwell-district-council/recovery/propose/",
    "looking_in:look-in": "/bodies/cherwell-district-council/look-in/",
    "notices:feeds": "/account/calendars/",
    "desk:contacts": "/bodies/coldbrook-council/contacts/",
    "desk:contacts-csv": "/bodies/coldbrook-council/contacts.csv",
    "desk:contacts-xlsx": "/bodies/coldbrook-council/contacts.xlsx",
    "desk:add-contact": "/bodies/coldbrook-council/contacts/add/",
    "desk:contact": "/bodies/coldbrook-council/contacts/1/",
    "desk:trail": "/bodies/coldbrook-council/journal/",
    "desk:trail-csv": "/bodies/coldbrook-council/journal.csv",
    "desk:trail-xlsx": "/bodies/coldbrook-council/journal.xlsx",
    "desk:journal-copy": "/bodies/coldbrook-council/journal.jsonl",
    "quantities:quantities": "/places/coldbrook-marlshire/quantities/",
    "quantities:quantities-csv": "/places/coldbrook-marlshire/quantities.csv",
    "quantities:quantities-xlsx": "/places/coldbrook-marlshire/quantities.xlsx",
    "quantities:quantity": "/places/coldbrook-marlshire/quantities/village-grass/",
    "quantities:photo": "/places/coldbrook-marlshire/quantities/village-grass/photo/",
}
FORMS_ONLY = {
    "people:act-in": "/account/office/",
    "decisions:leave-out-option": (
        "/bodies/cherwell-district-council/decisions/1/options/1/leave-out/"
    ),
    "offers:leave-out-service": "/offers/1/services/1/leave-out/",
    "interest:send": "/interest/1/send/",
    "offers:open": "/offers/1/open/",
    "clusters:invite": "/clusters/around-coldbrook-council/invite/",
    "clusters:form": "/clusters/around-coldbrook-council/form/",
    "clusters:dissolve": "/clusters/around-coldbrook-council/dissolve/",
    "clusters:take-back": (
        "/clusters/around-coldbrook-council/members/coldbrook-council/lend/1/take-back/"
    ),
    "clusters:ask-again": (
        "/clusters/around-coldbrook-council/members/coldbrook-council/ask-again/"
    ),
    "clusters:accept-role": "/clusters/around-coldbrook-council/roles/1/accept/",
    "offers:close": "/offers/1/close/",
    "offers:make-packs": "/offers/1/make-packs/",
    "offers:write-to-all": "/offers/1/write/",
    "offers:write": "/offers/1/councils/coldbrook-council/write/",
    "plans:show": "/plans/1/show/",
    "making:stop": "/plans/asked/1/stop/",
    "making:again": "/plans/asked/1/again/",
    "letters:make-letters": "/plans/1/make-letters/",
    "offices:withdraw": "/bodies/cherwell-district-council/people/invitations/1/withdraw/",
    "recovery:agree": "/bodies/cherwell-district-council/recovery/1/agree/",
    "recovery:stop": "/bodies/cherwell-district-council/recovery/1/stop/",
    "looking_in:look-away": "/bodies/cherwell-district-council/look-in/end/",
    "desk:withdraw-contact": "/bodies/coldbrook-council/contacts/1/withdraw/",
    "paperwork:draft": "/drafts/",
    "people:passkey": "/sign-in/passkey/",
    "people:passkey-options": "/sign-in/passkey/options/",
    "people:sign-out": "/sign-out/",
    "people:sign-out-everywhere": "/sign-out/everywhere/",
    "people:new-passkey-options": "/account/sign-in/passkey/options/",
    "people:renew-codes": "/account/sign-in/codes/",
    "people:download-codes": "/account/sign-in/codes/file/",
    "tables:save-view": "/views/",
    "imports:decide": "/imports/contacts/1/decide/",
    "tables:remove-view": "/views/1/remove/",
    "notices:try-again": "/notices/log/1/again/",
    "work:try-again": "/jobs/00000000-0000-4000-8000-000000000001/again/",
    "work:drop": "/jobs/00000000-0000-4000-8000-000000000001/drop/",
    "notices:end-feed": "/account/calendars/1/end/",
}
# What opens with a key in its address, signed or kept as a hash: nobody can give one here.
BY_KEY = {
    "notices:stop": "/notices/stop/forged/",
    "offices:invitation": "/invitations/a-key-that-was-never-sent/",
    "notices:calendar": "/feeds/forged/calendar.ics",
    "clusters:by-link": "/c/a-letter-that-was-never-sent/",
    "offers:by-link": "/o/a-letter-that-was-never-sent/",
    "interest:by-link": "/interest/link/a-letter-that-was-never-sent/",
    "interest:by-host-link": "/interest/host/a-letter-that-was-never-sent/",
}

# What a program asks for that watches the site; it must never be kept.
WATCHED = {
    "website:health": "/health/",
}

#: Pages for everybody that take forms as well.
TAKES_FORMS = {
    "people:sign-in",
    "people:link",
    "people:password",
    "people:second-step",
    "people:first-run",
    "interest:ask",
}
#: What is made anew each time it is asked for: pages of signing in, of papers that some may read
#: and of letters being made, and workbooks, which hold the moment they were written.
NEVER_KEPT = {
    *TAKES_FORMS,
    "people:link-sent",
    "papers:papers",
    "papers:papers-csv",
    "decisions:decisions",
    "decisions:decisions-csv",
    "offers:rounds",
    "offers:rounds-csv",
    "interest:open",
    "interest:legal-forms",
    "interest:national-fund",
    "interest:funding",
    "interest:funding-csv",
    "agreements:agreements",
    "agreements:agreements-csv",
    "clusters:clusters",
    "clusters:clusters-csv",
    "overview:near",
    "overview:progress",
    "overview:progress-csv",
    "clusters:going-alone",
    "letters:letters",
    "letters:letter-word",
    *(name for name in DOWNLOADS if name.endswith("xlsx")),
}

#: Every pattern there is, in one of the lists above.
EVERYTHING = {
    **ADDRESSES,
    **NOT_YET,
    **SIGNED_IN,
    **FORMS_ONLY,
    **WATCHED,
    **BY_KEY,
}

# The same patterns in other states.
STATES = {
    "a county with a service": "/counties/oxfordshire/?service=village-grass",
    "a district with a service": "/counties/oxfordshire/?district=cherwell&service=litter",
    "a county on a day long past": "/counties/oxfordshire/?on=2014-05-31",
    "a place without a parish": "/places/oxford-unparished-area-oxford/",
    "a parish made since 2014": "/places/heyford-park-cherwell/",
    "a service two councils share": "/services/illegal-signs/",
    "a plan sorted by what is saved": "/plans/1/?sort=saved",
    "a page of a county's places": "/counties/oxfordshire/?rows=25&page=3&sort=-hectares",
    "a county's places of a name": "/counties/oxfordshire/?place=stoke",
    "a list in which nothing is found": "/services/?name=zzzzzz",
    "a place that goes alone in the plan": "/places/didcot-south-oxfordshire/",
    "a search without a hit": "/search/?q=zzzzzz",
    "a search that asks nothing": "/search/",
    "a postcode while none is loaded": "/search/?q=OX10+9PP",
    "a point in the sea": "/at/?lon=0&lat=0",
}


def patterns(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """Name every pattern of the site with its namespace."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, f"{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern):
            yield f"{space}{each.name}"
