"""Who may see and who may change what: one table, written by hand and apart from the code.

Each address of the site has one row. What the code answers is held against this
table and never the other way about, so a row is written from what people ought to
be allowed. An address that has no row here fails the build.

A role is what somebody is **to the body an address is about**: Bron, clerk of
Wychbourne, is another parish's clerk on Coldbrook's pages.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What somebody who asks is to the body that is asked about."""

    VISITOR = "a visitor"
    NO_OFFICE = "signed in without office"
    ENDED = "held the clerk's office until yesterday"
    TOMORROW = "holds the clerk's office from tomorrow"
    UNPROVEN = "its clerk, signed in without the second proof the body asks for"
    CLERK = "its clerk"
    OFFICER = "its officer without appointing powers"
    COUNCILLOR = "its councillor"
    OPERATIVE = "at work for it, and neither its officer nor its member"
    OTHER_CLERK = "another parish's clerk"
    OTHER_OFFICER = "another parish's officer"
    OTHER_COUNCILLOR = "another parish's councillor"
    DISTRICT = "an officer of the district"
    COUNTY = "an officer of the county"
    OPERATOR = "the operator"
    OPERATOR_UNPROVEN = "the operator, signed in without a second proof"
    LOOKING_IN = "the operator, looking in with a reason"


R = Role
Roles = Set[Role]

NOBODY: Roles = frozenset()
EVERYBODY: Roles = frozenset(R)
SIGNED_IN = EVERYBODY - {R.VISITOR}
#: Somebody asked for a second proof sees nothing but the pages that ask for it.
PROVEN = SIGNED_IN - {R.UNPROVEN, R.OPERATOR_UNPROVEN}
OFFICE_HOLDERS = PROVEN - {R.NO_OFFICE, R.ENDED, R.TOMORROW, R.OPERATOR, R.LOOKING_IN}
OFFICERS = OFFICE_HOLDERS - {R.COUNCILLOR, R.OPERATIVE, R.OTHER_COUNCILLOR}
ITS_PEOPLE: Roles = frozenset({R.CLERK, R.OFFICER, R.COUNCILLOR})
ITS_OFFICERS: Roles = frozenset({R.CLERK, R.OFFICER})
ITS_APPOINTERS: Roles = frozenset({R.CLERK})
#: Officers of any other body.
OTHER_OFFICERS = OFFICERS - ITS_OFFICERS
COUNTY: Roles = frozenset({R.COUNTY})
OPERATOR: Roles = frozenset({R.OPERATOR, R.LOOKING_IN})
#: Who sees what is a body's own: its people, and whoever looks in for some hours.
LOOKERS: Roles = frozenset({R.LOOKING_IN})
INSIDE: Roles = ITS_PEOPLE | LOOKERS
#: Who may be one of the two who let somebody into a body again.
RECOVERERS: Roles = COUNTY | OPERATOR


@dataclass(frozen=True)
class Rule:
    """Who may see an address, who may send a form to it, and what the others are told."""

    see: Roles = NOBODY
    change: Roles = NOBODY
    #: Others are told there is nothing (404) where they must not learn that it is there;
    #: elsewhere that it is not for them (403).
    is_hidden: bool = False
    #: Whom the page is for, but not the one row it is about: to them it is not there.
    not_theirs: Roles = NOBODY
    #: What a visitor is answered who must sign in: sent to do so, unless a script asks.
    to_visitors: int = 302

    @property
    def takes_forms(self) -> bool:
        return bool(self.change)


PUBLIC = Rule(see=EVERYBODY)
#: A page on which anybody may try to sign in.
TRIED_BY_ALL = Rule(see=EVERYBODY, change=EVERYBODY)
#: How one signs in oneself: the page is about whoever asks.
OWN_STEPS = Rule(see=SIGNED_IN, change=SIGNED_IN)
BY_APPOINTERS = Rule(see=ITS_APPOINTERS, change=ITS_APPOINTERS)
BY_OFFICERS = Rule(see=ITS_OFFICERS, change=ITS_OFFICERS)
BY_COUNTY = Rule(see=COUNTY, change=COUNTY)
#: Who holds an office and is told that there is nothing: it is between a council and the county.
ELSEWHERE: Roles = OFFICE_HOLDERS - ITS_PEOPLE - COUNTY
BY_RECOVERERS = Rule(see=RECOVERERS, change=RECOVERERS)

POLICY: dict[str, Rule] = {
    # The site and the register: open to all.
    "website:home": PUBLIC,
    "website:search": PUBLIC,
    "website:help": PUBLIC,
    "website:guide": PUBLIC,
    "website:glossary": PUBLIC,
    "website:accessibility": PUBLIC,
    "website:privacy": PUBLIC,
    "website:components": PUBLIC,
    "website:health": PUBLIC,
    "register:county": PUBLIC,
    "register:county-csv": PUBLIC,
    "register:county-xlsx": PUBLIC,
    "register:place": PUBLIC,
    "register:place-csv": PUBLIC,
    "register:place-xlsx": PUBLIC,
    "register:at": PUBLIC,
    "register:services": PUBLIC,
    "register:services-csv": PUBLIC,
    "register:services-xlsx": PUBLIC,
    "register:service": PUBLIC,
    "register:service-csv": PUBLIC,
    "register:service-xlsx": PUBLIC,
    "register:methods": PUBLIC,
    "register:districts-svg": PUBLIC,
    "register:districts-geojson": PUBLIC,
    "register:amounts-svg": PUBLIC,
    "register:amounts-geojson": PUBLIC,
    "register:place-map-svg": PUBLIC,
    "register:place-map-geojson": PUBLIC,
    "plans:plans": PUBLIC,
    "plans:plans-csv": PUBLIC,
    "plans:plans-xlsx": PUBLIC,
    "plans:how": PUBLIC,
    "plans:plan": PUBLIC,
    "plans:clusters-csv": PUBLIC,
    "plans:clusters-xlsx": PUBLIC,
    "plans:councils-csv": PUBLIC,
    "plans:councils-xlsx": PUBLIC,
    "plans:cluster": PUBLIC,
    "plans:members-csv": PUBLIC,
    "plans:members-xlsx": PUBLIC,
    "plans:plan-map-svg": PUBLIC,
    "plans:plan-map-geojson": PUBLIC,
    "plans:cluster-map-svg": PUBLIC,
    "plans:cluster-map-geojson": PUBLIC,
    # One's own account.
    "people:sign-in": TRIED_BY_ALL,
    "people:link-sent": PUBLIC,
    "people:link": TRIED_BY_ALL,
    "people:password": TRIED_BY_ALL,
    "people:passkey": Rule(change=EVERYBODY),
    "people:passkey-options": Rule(change=EVERYBODY),
    "people:second-step": TRIED_BY_ALL,
    "people:sign-out": Rule(change=EVERYBODY),
    "people:first-run": TRIED_BY_ALL,
    "people:account": Rule(see=SIGNED_IN),
    "people:ways": Rule(see=SIGNED_IN),
    "people:set-up-app": OWN_STEPS,
    "people:add-passkey": OWN_STEPS,
    "people:new-passkey-options": Rule(change=SIGNED_IN),
    "people:remove-step": OWN_STEPS,
    "people:renew-codes": Rule(change=SIGNED_IN),
    "people:download-codes": Rule(change=SIGNED_IN),
    "people:set-password": OWN_STEPS,
    "people:sign-out-everywhere": Rule(change=SIGNED_IN),
    "people:sign-in-rule": Rule(see=ITS_APPOINTERS, change=ITS_APPOINTERS),
    "people:act-in": Rule(change=SIGNED_IN),
    # The letters of a plan.
    "letters:letters": PUBLIC,
    "letters:letters-csv": PUBLIC,
    "letters:letters-xlsx": PUBLIC,
    "letters:letter": PUBLIC,
    "letters:letter-pdf": PUBLIC,
    "letters:letter-word": PUBLIC,
    "letters:all-letters": PUBLIC,
    "letters:make-letters": Rule(change=frozenset({R.DISTRICT, R.COUNTY})),
    # Plans asked for on the page: the county's officers', as are trials until they are shown.
    **{
        f"plans:{page}": PUBLIC
        for page in (
            "councils",
            "council",
            "why-csv",
            "why-xlsx",
            "compared",
            "compared-csv",
            "compared-xlsx",
        )
    },
    "plans:show": Rule(change=COUNTY),
    "overview:overview": Rule(see=COUNTY),
    "overview:near": PUBLIC,
    "overview:progress": PUBLIC,
    "overview:progress-csv": PUBLIC,
    "overview:progress-xlsx": PUBLIC,
    "overview:progress-map-svg": PUBLIC,
    "overview:progress-map-geojson": PUBLIC,
    "making:make": BY_COUNTY,
    "making:adopt": BY_COUNTY,
    "making:change": BY_COUNTY,
    "making:asked": Rule(see=COUNTY),
    "making:figures-csv": Rule(see=COUNTY),
    "making:figures-xlsx": Rule(see=COUNTY),
    "making:stop": Rule(change=COUNTY),
    "making:again": Rule(change=COUNTY),
    # Bodies: what everybody may know; who holds an office, for their own people.
    "bodies:bodies": PUBLIC,
    "bodies:bodies-csv": PUBLIC,
    "bodies:bodies-xlsx": PUBLIC,
    "bodies:body": PUBLIC,
    "bodies:titles-csv": PUBLIC,
    "bodies:titles-xlsx": PUBLIC,
    "bodies:people": Rule(see=INSIDE),
    "bodies:people-csv": Rule(see=INSIDE),
    "bodies:people-xlsx": Rule(see=INSIDE),
    "bodies:offices": Rule(see=INSIDE),
    "bodies:invitations": Rule(see=ITS_APPOINTERS),
    "bodies:invitations-csv": Rule(see=ITS_APPOINTERS),
    "bodies:invitations-xlsx": Rule(see=ITS_APPOINTERS),
    "offices:appoint": BY_APPOINTERS,
    "offices:invite": BY_APPOINTERS,
    "offices:withdraw": Rule(change=ITS_APPOINTERS),
    "offices:hand-over": BY_APPOINTERS,
    # One's own office may be ended too; the one asked about is nobody's of the matrix.
    "offices:end": BY_APPOINTERS,
    "offices:extend": BY_APPOINTERS,
    "offices:invitation": TRIED_BY_ALL,
    "recovery:recovery": Rule(see=RECOVERERS),
    "recovery:propose": BY_RECOVERERS,
    "recovery:agree": Rule(change=RECOVERERS),
    "recovery:stop": Rule(change=RECOVERERS | ITS_APPOINTERS),
    "looking_in:look-in": BY_RECOVERERS,
    "looking_in:look-away": Rule(change=RECOVERERS),
    # A body's own desk: its contacts, its trail, and how much of each service its place has.
    "desk:contacts": Rule(see=ITS_OFFICERS | LOOKERS),
    "desk:contacts-csv": Rule(see=ITS_OFFICERS | LOOKERS),
    "desk:contacts-xlsx": Rule(see=ITS_OFFICERS | LOOKERS),
    "desk:add-contact": BY_OFFICERS,
    "desk:contact": BY_OFFICERS,
    "desk:withdraw-contact": Rule(change=ITS_OFFICERS),
    "desk:trail": Rule(see=ITS_OFFICERS | LOOKERS),
    "desk:trail-csv": Rule(see=ITS_OFFICERS | LOOKERS),
    "desk:trail-xlsx": Rule(see=ITS_OFFICERS | LOOKERS),
    "desk:journal-copy": Rule(see=ITS_OFFICERS | LOOKERS),
    # The county answers for the figures it offers by: it may change one, and says why.
    "quantities:quantities": Rule(see=ITS_OFFICERS | COUNTY),
    "quantities:quantities-csv": Rule(see=ITS_OFFICERS | COUNTY),
    "quantities:quantities-xlsx": Rule(see=ITS_OFFICERS | COUNTY),
    "quantities:photo": Rule(see=ITS_OFFICERS | COUNTY),
    "quantities:quantity": Rule(see=ITS_OFFICERS | COUNTY, change=ITS_OFFICERS | COUNTY),
    # The journal's heads, and what everybody may know of a record's history.
    "journal:head": PUBLIC,
    "journal:head-json": PUBLIC,
    "journal:heads-csv": PUBLIC,
    "journal:heads-xlsx": PUBLIC,
    "journal:history": PUBLIC,
    # Tables sent in: of contacts, by the officers of any body; each upload its own body's.
    "imports:index": Rule(see=OFFICE_HOLDERS),
    "imports:sent-csv": Rule(see=OFFICE_HOLDERS),
    "imports:sent-xlsx": Rule(see=OFFICE_HOLDERS),
    "imports:send": Rule(see=OFFICERS, change=OFFICERS),
    "imports:template-csv": Rule(see=OFFICERS),
    "imports:template-xlsx": Rule(see=OFFICERS),
    "imports:upload": Rule(see=ITS_OFFICERS, not_theirs=OTHER_OFFICERS),
    "imports:decide": Rule(change=ITS_OFFICERS, not_theirs=OTHER_OFFICERS),
    "imports:left-out": Rule(see=ITS_OFFICERS, not_theirs=OTHER_OFFICERS),
    # Papers: some public, the others a body's own and not to be known of.
    "papers:papers": PUBLIC,
    "papers:papers-csv": PUBLIC,
    "papers:papers-xlsx": PUBLIC,
    "papers:add": BY_OFFICERS,
    "papers:download": Rule(see=INSIDE, is_hidden=True),
    "papers:withdraw": BY_OFFICERS,
    # Decisions: public, as minutes are; what is exempt is a body's own (see the canaries).
    "decisions:decisions": PUBLIC,
    "decisions:decisions-csv": PUBLIC,
    "decisions:decisions-xlsx": PUBLIC,
    "decisions:decision": PUBLIC,
    "decisions:record": BY_OFFICERS,
    "decisions:plan": BY_OFFICERS,
    "decisions:take": BY_OFFICERS,
    "decisions:correct": BY_OFFICERS,
    "decisions:hand-on": BY_OFFICERS,
    "decisions:notice": BY_OFFICERS,
    "decisions:withdraw": BY_OFFICERS,
    "decisions:call-in": BY_OFFICERS,
    "decisions:confirm": BY_OFFICERS,
    "decisions:add-option": BY_OFFICERS,
    "decisions:leave-out-option": Rule(change=ITS_OFFICERS),
    # Which officers sign off what is asked of each kind of office in tests/decisions.
    "decisions:sign-off": BY_OFFICERS,
    # Members declare their own interests; officers what was minuted.
    "decisions:declare": Rule(see=ITS_PEOPLE, change=ITS_PEOPLE),
    "decisions:take-back": BY_OFFICERS,
    # Offers: what is offered is public, what a council is told and answers its own and whose offer.
    "offers:rounds": PUBLIC,
    "offers:rounds-csv": PUBLIC,
    "offers:rounds-xlsx": PUBLIC,
    "offers:round": PUBLIC,
    "offers:begin": BY_COUNTY,
    "offers:change": BY_COUNTY,
    "offers:add-service": BY_COUNTY,
    "offers:leave-out-service": Rule(change=COUNTY),
    "offers:confirm-power": BY_COUNTY,
    "offers:take-back-confirmation": BY_COUNTY,
    "offers:open": Rule(change=COUNTY),
    "offers:close": Rule(change=COUNTY),
    "offers:withdraw": BY_COUNTY,
    "offers:councils": Rule(see=COUNTY),
    "offers:councils-csv": Rule(see=COUNTY),
    "offers:councils-xlsx": Rule(see=COUNTY),
    "offers:calendar": Rule(see=COUNTY),
    "offers:calendar-csv": Rule(see=COUNTY),
    "offers:calendar-xlsx": Rule(see=COUNTY),
    "offers:packs": Rule(see=COUNTY),
    "offers:packs-zip": Rule(see=COUNTY),
    "offers:make-packs": Rule(change=COUNTY),
    "offers:write-to-all": Rule(change=COUNTY),
    "offers:write": Rule(change=COUNTY),
    "offers:called": BY_COUNTY,
    "offers:end-link": BY_COUNTY,
    "offers:offer": Rule(see=ITS_PEOPLE | COUNTY),
    "offers:pdf": Rule(see=ITS_PEOPLE | COUNTY),
    "offers:word": Rule(see=ITS_PEOPLE | COUNTY),
    "offers:lines-csv": Rule(see=ITS_PEOPLE | COUNTY),
    "offers:lines-xlsx": Rule(see=ITS_PEOPLE | COUNTY),
    "offers:wording": Rule(see=ITS_PEOPLE | COUNTY),
    "offers:wording-text": Rule(see=ITS_PEOPLE | COUNTY),
    "offers:own": Rule(see=ITS_OFFICERS | COUNTY, change=ITS_OFFICERS | COUNTY),
    "offers:answer": Rule(see=ITS_OFFICERS | COUNTY, change=ITS_OFFICERS | COUNTY),
    "offers:call-back": Rule(see=ITS_OFFICERS | COUNTY, change=ITS_OFFICERS | COUNTY),
    "offers:dispute": BY_OFFICERS,
    "offers:photo": Rule(see=ITS_PEOPLE | COUNTY),
    # The link of a letter opens to whoever holds it, until answers are no longer due.
    "offers:by-link": PUBLIC,
    # Asking to run a service is open to all; what is sent is its writer's and the county's.
    "interest:open": PUBLIC,
    "interest:ask": TRIED_BY_ALL,
    "interest:by-link": PUBLIC,
    "interest:by-host-link": PUBLIC,
    "interest:legal-forms": PUBLIC,
    "interest:national-fund": PUBLIC,
    "interest:expression": Rule(see=ITS_PEOPLE | COUNTY),
    "interest:who": BY_OFFICERS,
    "interest:what": BY_OFFICERS,
    "interest:how": BY_OFFICERS,
    "interest:challenge": BY_OFFICERS,
    "interest:budget": BY_OFFICERS,
    "interest:legal-form": BY_OFFICERS,
    "interest:steps": BY_OFFICERS,
    "interest:host": BY_OFFICERS,
    # The officers of the body that was named as host.
    "interest:hosting": BY_OFFICERS,
    "interest:funding": PUBLIC,
    "interest:funding-csv": PUBLIC,
    "interest:funding-xlsx": PUBLIC,
    "interest:fund": PUBLIC,
    "interest:add-fund": BY_COUNTY,
    "interest:change-fund": BY_COUNTY,
    "interest:close-fund": BY_COUNTY,
    "interest:award": BY_COUNTY,
    "interest:take-award-back": BY_COUNTY,
    "interest:paper": Rule(see=ITS_PEOPLE | COUNTY, is_hidden=True),
    "interest:add-paper": BY_OFFICERS,
    "interest:replace-paper": BY_OFFICERS,
    "interest:take-paper-back": BY_OFFICERS,
    "interest:send": Rule(change=ITS_OFFICERS),
    "interest:withdraw": BY_OFFICERS,
    "interest:asked": Rule(see=COUNTY),
    "interest:asked-csv": Rule(see=COUNTY),
    "interest:asked-xlsx": Rule(see=COUNTY),
    "interest:awards-csv": Rule(see=COUNTY),
    "interest:awards-xlsx": Rule(see=COUNTY),
    "interest:notes-csv": Rule(see=ITS_PEOPLE | COUNTY),
    "interest:notes-xlsx": Rule(see=ITS_PEOPLE | COUNTY),
    "interest:coordinate": BY_COUNTY,
    "interest:note": BY_COUNTY,
    "interest:assess": BY_COUNTY,
    "interest:decide": BY_COUNTY,
    "interest:erase": BY_COUNTY,
    # What is in force is public; what was sent is its parties', and the draft its writers'.
    "agreements:agreements": PUBLIC,
    "agreements:agreements-csv": PUBLIC,
    "agreements:agreements-xlsx": PUBLIC,
    "agreements:draft": Rule(see=COUNTY | {R.DISTRICT}, change=COUNTY | {R.DISTRICT}),
    "agreements:agreement": Rule(
        see=ITS_PEOPLE | COUNTY, is_hidden=True, not_theirs=EVERYBODY - ITS_PEOPLE - COUNTY
    ),
    **{
        f"agreements:{page}": Rule(see=COUNTY, change=COUNTY, not_theirs=ELSEWHERE)
        for page in (
            *("change", "clause", "add-party", "remove-party", "add-line", "remove-line"),
            *("power", "confirm-power", "take-back", "send", "start", "end", "withdraw"),
        )
    },
    **{
        f"agreements:{page}": Rule(see=ITS_PEOPLE | COUNTY, not_theirs=ELSEWHERE)
        for page in ("version", "pdf", "word", "beside")
    },
    "agreements:paper": Rule(see=ITS_OFFICERS | COUNTY, not_theirs=ELSEWHERE),
    **{
        f"agreements:{page}": Rule(
            see=ITS_OFFICERS | COUNTY, change=ITS_OFFICERS | COUNTY, not_theirs=ELSEWHERE
        )
        for page in ("add-paper", "confirm-paper", "refuse-paper", "give-notice")
    },
    # The clerk signs, and not every officer.
    **{
        f"agreements:{page}": replace(BY_APPOINTERS, not_theirs=ELSEWHERE)
        for page in ("sign", "name-decision")
    },
    # Who is in a cluster and leads it is public; what it costs is its members' and the county's.
    "clusters:clusters": PUBLIC,
    "clusters:clusters-csv": PUBLIC,
    "clusters:clusters-xlsx": PUBLIC,
    "clusters:cluster": PUBLIC,
    "clusters:propose": Rule(
        see=ITS_OFFICERS | frozenset({R.OTHER_CLERK, R.OTHER_OFFICER}) | COUNTY,
        change=ITS_OFFICERS | frozenset({R.OTHER_CLERK, R.OTHER_OFFICER}) | COUNTY,
    ),
    "clusters:change": BY_COUNTY,
    "clusters:cost": BY_COUNTY,
    "clusters:invite": Rule(change=COUNTY),
    "clusters:form": Rule(change=COUNTY),
    "clusters:withdraw": BY_COUNTY,
    "clusters:add-member": BY_COUNTY,
    "clusters:answer": Rule(see=ITS_OFFICERS | COUNTY, change=ITS_OFFICERS | COUNTY),
    "clusters:confirm-power": BY_COUNTY,
    "clusters:take-back-confirmation": BY_COUNTY,
    "clusters:asked": Rule(see=ITS_OFFICERS | COUNTY),
    "clusters:question": Rule(see=ITS_OFFICERS | COUNTY, change=ITS_OFFICERS | COUNTY),
    "clusters:ask-again": Rule(change=COUNTY),
    "clusters:end-link": BY_COUNTY,
    # The link of a letter opens to whoever holds it, until the council has answered.
    "clusters:by-link": PUBLIC,
    "clusters:leave": Rule(see=ITS_OFFICERS | COUNTY, change=ITS_OFFICERS | COUNTY),
    "clusters:erase-why": Rule(see=ITS_OFFICERS | COUNTY, change=ITS_OFFICERS | COUNTY),
    "clusters:alone": Rule(see=ITS_OFFICERS | COUNTY, change=ITS_OFFICERS | COUNTY),
    "clusters:agree": Rule(see=ITS_OFFICERS | COUNTY, change=ITS_OFFICERS | COUNTY),
    "clusters:accept-role": Rule(change=ITS_OFFICERS),
    "clusters:note-holder": BY_COUNTY,
    "clusters:choose-group": BY_COUNTY,
    "clusters:give-up": BY_COUNTY,
    "clusters:capacity": BY_COUNTY,
    "clusters:meet": BY_COUNTY,
    "clusters:lend": Rule(see=ITS_OFFICERS | COUNTY, change=ITS_OFFICERS | COUNTY),
    "clusters:take-back": Rule(change=ITS_OFFICERS | COUNTY),
    "clusters:settle": BY_COUNTY,
    "clusters:settlement": Rule(see=ITS_PEOPLE | COUNTY),
    "clusters:consent": Rule(see=ITS_OFFICERS | COUNTY, change=ITS_OFFICERS | COUNTY),
    "clusters:dissolve": Rule(change=COUNTY),
    "clusters:unpaid": BY_COUNTY,
    "clusters:put-right": BY_COUNTY,
    "clusters:end-unpaid": BY_COUNTY,
    "clusters:note-paid": BY_COUNTY,
    **{
        f"clusters:{of}-{kind}": Rule(see=ITS_PEOPLE | COUNTY)
        for of in ("members", "shares", "votes", "resources", "all-unpaid", "portions", "handovers")
        for kind in ("csv", "xlsx")
    },
    "clusters:draw-up": BY_COUNTY,
    "clusters:models": Rule(see=ITS_PEOPLE | COUNTY),
    "clusters:models-csv": Rule(see=ITS_PEOPLE | COUNTY),
    "clusters:models-xlsx": Rule(see=ITS_PEOPLE | COUNTY),
    "clusters:work": BY_COUNTY,
    "clusters:choose-model": BY_COUNTY,
    "clusters:state-model": BY_COUNTY,
    "clusters:terms": Rule(see=ITS_PEOPLE | COUNTY),
    # By what a council that would go alone is judged is public; how it is judged is for its own
    # people and the county alone.
    "clusters:going-alone": PUBLIC,
    "clusters:ask-alone": Rule(
        see=ITS_OFFICERS | frozenset({R.OTHER_CLERK, R.OTHER_OFFICER}) | COUNTY,
        change=ITS_OFFICERS | frozenset({R.OTHER_CLERK, R.OTHER_OFFICER}) | COUNTY,
    ),
    "clusters:alone-asked": Rule(see=COUNTY),
    "clusters:alone-asked-csv": Rule(see=COUNTY),
    "clusters:alone-asked-xlsx": Rule(see=COUNTY),
    "clusters:alone-one": Rule(see=ITS_PEOPLE | COUNTY, not_theirs=ELSEWHERE),
    "clusters:assess-alone": Rule(see=COUNTY, change=COUNTY, not_theirs=ELSEWHERE),
    "clusters:answer-alone": Rule(see=ITS_OFFICERS, change=ITS_OFFICERS, not_theirs=ELSEWHERE),
    "clusters:decide-alone": Rule(see=COUNTY, change=COUNTY, not_theirs=ELSEWHERE),
    # The county may take back only what it noted itself: see tests/clusters/test_alone.py.
    "clusters:withdraw-alone": Rule(see=ITS_OFFICERS, change=ITS_OFFICERS, not_theirs=ELSEWHERE),
    # Drafts and views of lists: everybody's own.
    "paperwork:draft": Rule(change=SIGNED_IN, to_visitors=401),
    "tables:save-view": Rule(change=SIGNED_IN),
    "tables:remove-view": Rule(change=SIGNED_IN),
    # Letters: one's own choices; what became of each, for the operator alone.
    "notices:preferences": Rule(see=SIGNED_IN, change=SIGNED_IN),
    "notices:stop": TRIED_BY_ALL,
    "notices:feeds": OWN_STEPS,
    "notices:end-feed": Rule(change=ITS_APPOINTERS, not_theirs=SIGNED_IN - ITS_APPOINTERS),
    # A calendar opens to whoever holds its address, as long as the office lasts.
    "notices:calendar": PUBLIC,
    "notices:log": Rule(see=OPERATOR),
    "notices:log-csv": Rule(see=OPERATOR),
    "notices:log-xlsx": Rule(see=OPERATOR),
    "notices:try-again": Rule(change=OPERATOR),
    # Jobs that were tried too often: for the operator alone.
    "work:jobs": Rule(see=OPERATOR),
    "work:try-again": Rule(change=OPERATOR),
    "work:drop": Rule(change=OPERATOR),
}

SIGNING_IN = "Whoever sends it acts in no office yet, or is leaving."
OWN = "It is about the person, whatever office they act in."
#: Addresses that take a form without the token against forgery, each with its reason.
WITHOUT_TOKEN: dict[str, str] = {
    "notices:stop": "A mail program posts here by itself; the signed address is the key.",
}
#: Forms that may be sent without naming the office they were opened in, each with its reason.
WITHOUT_OFFICE: dict[str, str] = {
    "people:act-in": "It is the form that chooses the office.",
    "paperwork:draft": "A draft changes nothing of a body; it is its writer's alone.",
    "tables:save-view": OWN,
    "tables:remove-view": OWN,
    "notices:preferences": OWN,
    "notices:feeds": OWN,
    "notices:end-feed": OWN,
    "notices:try-again": "The operator acts in no office.",
    "work:try-again": "The operator acts in no office.",
    "work:drop": "The operator acts in no office.",
    "notices:stop": "Whoever follows a link in a letter need not have signed in.",
    "people:sign-in": SIGNING_IN,
    "people:link": SIGNING_IN,
    "people:password": SIGNING_IN,
    "people:passkey": SIGNING_IN,
    "people:passkey-options": SIGNING_IN,
    "people:second-step": SIGNING_IN,
    "people:sign-out": SIGNING_IN,
    "people:first-run": SIGNING_IN,
    "people:set-up-app": OWN,
    "people:add-passkey": OWN,
    "people:new-passkey-options": OWN,
    "people:remove-step": OWN,
    "people:renew-codes": OWN,
    "people:download-codes": OWN,
    "people:set-password": OWN,
    "people:sign-out-everywhere": OWN,
    "interest:ask": "A visitor asks as well; whoever asks for a body names the office they act in.",
    "offices:invitation": "Its key says whose it is, and it is accepted without signing in.",
}
