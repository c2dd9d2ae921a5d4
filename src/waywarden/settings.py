"""Django settings. Everything an operator may change is read from the environment."""

from pathlib import Path

import dj_database_url

from waywarden import environment, mail_settings

PACKAGE = Path(__file__).resolve().parent
INSTANCE = environment.instance_folder()

DEBUG = environment.flag("DEBUG", default=False)
SECRET_KEY = environment.secret_key(INSTANCE)
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
SITE_ADDRESS = mail_settings.site_address()
ALLOWED_HOSTS = environment.allowed_hosts(SITE_ADDRESS)
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth.account",
    "allauth.mfa",
    "waywarden.fabric.common",
    "waywarden.fabric.forms",
    "waywarden.fabric.tables",
    "waywarden.fabric.imports",
    "waywarden.fabric.journal",
    "waywarden.fabric.notices",
    "waywarden.fabric.documents",
    "waywarden.fabric.work",
    "waywarden.county.councils",
    "waywarden.county.places",
    "waywarden.county.people",
    "waywarden.county.signing_in",
    "waywarden.county.offices",
    "waywarden.county.recovery",
    "waywarden.county.looking_in",
    "waywarden.county.bodies",
    "waywarden.county.papers",
    "waywarden.county.decisions",
    "waywarden.county.services",
    "waywarden.county.desk",
    "waywarden.arrangements.register",
    "waywarden.devolution.offers",
    "waywarden.devolution.interest",
    "waywarden.devolution.clusters",
    "waywarden.devolution.plans",
    "waywarden.devolution.letters",
    "waywarden.devolution.making",
    "waywarden.devolution.overview",
    "waywarden.website",
]

# What rooms above the register add to the page of a place: see register/sections.py.
PLACE_SECTIONS = ["waywarden.devolution.plans.sections.place_section"]

# What a plan says the services of an offer cost a council: see offers/costs.py.
OFFER_COSTS = ["waywarden.devolution.plans.offering.offer_costs"]
NO_OFFER_COSTS = ["waywarden.devolution.plans.offering.why_no_costs"]

# Which kinds of record have a history, and for whom: see journal/histories.py.
HISTORIES = [
    "waywarden.county.desk.histories.KINDS",
    "waywarden.devolution.offers.histories.KINDS",
    "waywarden.devolution.interest.histories.KINDS",
    "waywarden.devolution.clusters.histories.KINDS",
    "waywarden.devolution.plans.histories.KINDS",
    "waywarden.devolution.making.histories.KINDS",
]
# What of its rows each room holds against the journal: see fabric/journal/records.py.
RECORD_CHECKS = ["waywarden.devolution.clusters.checking.changed_behind_the_pages"]
# What can be taken in from a spreadsheet, and what lets in who acts in an office:
# see fabric/imports/kinds.py.
IMPORT_KINDS = [
    "waywarden.county.spreadsheets.contacts.KIND",
    "waywarden.county.spreadsheets.quantities.KIND",
    "waywarden.county.spreadsheets.offices.KIND",
    "waywarden.county.spreadsheets.decisions.KIND",
    "waywarden.devolution.interest.spreadsheet.KIND",
]
OFFICE_GATE = "waywarden.county.people.gate.for_officers"
# What lets in who looks after this installation, to the log of letters.
OPERATOR_GATE = "waywarden.county.people.gate.for_operators"

MIDDLEWARE = [
    # These three see every answer, files and errors included.
    "waywarden.website.running.references.ReferenceMiddleware",
    "waywarden.website.running.logs.RequestLogMiddleware",
    "waywarden.website.running.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "waywarden.website.running.reading_only.PatientSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "waywarden.county.signing_in.middleware.AwakeMiddleware",
    "waywarden.county.people.acting.AskingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Behind the check for forged forms: what a forger sends must not be shown back.
    "waywarden.website.running.reading_only.ReadingOnlyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "waywarden.website.running.methods.MethodsMiddleware",
]

ROOT_URLCONF = "waywarden.urls"
WSGI_APPLICATION = "waywarden.wsgi.application"
FORM_RENDERER = "waywarden.website.rendering.PlainForms"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "waywarden.website.context.site",
            ],
        },
    },
]

# How letters leave: into files of this installation until a server is named, and to nobody
# outside until SEND_MAIL_OUTSIDE says so. See fabric/notices/transport.py.
MAIL_SERVER = mail_settings.server()
EMAIL_BACKEND = "waywarden.fabric.notices.transport.GuardedBackend"
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.starttls, MAIL_SERVER.tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = mail_settings.sender(MAIL_SERVER, SITE_ADDRESS)
SEND_MAIL_OUTSIDE = mail_settings.sends_outside(MAIL_SERVER)
ALLOWED_RECIPIENTS = mail_settings.allowed_recipients()
MAIL_FOLDER = INSTANCE / "mail"
#: Days of thanksgiving or mourning that an installation enters itself, beside those in the package.
APPOINTED_DAYS = INSTANCE / "appointed_days.toml"
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2]
# How long one worker has a letter to itself: longer than a server may take to answer.
MAIL_LEASE_SECONDS = mail_settings.lease_seconds()

# What people are told of, in the order in which they choose how: see fabric/notices/telling.py.
NOTICE_TOPICS = [
    "waywarden.fabric.notices.telling.INVITATIONS",
    "waywarden.fabric.notices.telling.OFFICES",
    "waywarden.county.offices.telling.OUTSIDE",
    "waywarden.county.offices.telling.ENDED",
    "waywarden.county.services.telling.FIGURES",
    "waywarden.devolution.offers.letters.OFFERS",
    "waywarden.devolution.interest.letters.INTEREST",
    "waywarden.devolution.clusters.letters.CLUSTERS",
    "waywarden.devolution.clusters.joining_letters.JOINING",
    "waywarden.devolution.clusters.letters.ALONE",
    "waywarden.devolution.clusters.letters.WHO_GOES_ALONE",
]

# Whose dates somebody may put into their own calendar, who still may, and which dates there are:
# see fabric/notices/calendars.py.
CALENDARS_OPEN = ["waywarden.county.people.calendars.offices_open_to"]
CALENDARS_HELD = ["waywarden.county.people.calendars.offices_held_by"]
CALENDAR_DATES = [
    "waywarden.county.people.calendars.ends_of_office",
    "waywarden.county.offices.calendars.answers_due",
]

# What takes long is done outside of requests, by `waywarden worker`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# What says in words what a job is about, from what its function was given.
JOBS_ARE_ABOUT = {
    "waywarden.devolution.offers.bundling.make_packs": (
        "waywarden.devolution.offers.bundle_queries.job_is_about"
    ),
    "waywarden.devolution.letters.bundling.make_letters": (
        "waywarden.devolution.letters.queries.job_is_about"
    ),
    "waywarden.devolution.making.working.make_plan": (
        "waywarden.devolution.making.queries.job_is_about"
    ),
}
# How long a plan asked for on the page is searched, and how much memory its worker may hold.
PLAN_SECONDS = 300
PLAN_MEGABYTES = 1_500
# What a worker does once a day, each called with today and now: see fabric/work/chores.py.
DAILY_CHORES = {
    "publish the head of the journal": "waywarden.fabric.journal.actions.publish_head",
    "forget old drafts and answers": "waywarden.fabric.forms.actions.clear_out",
    "erase what was said in old letters": "waywarden.fabric.notices.delivery.erase_old",
    "forget sessions that are over": "waywarden.county.signing_in.actions.forget_what_is_past",
    "forget who has tried how often": "waywarden.fabric.forms.buckets.forget_full",
    "forget jobs done long ago": "waywarden.fabric.work.jobs.clear_old",
    "forget tables, letters and files of long ago": "waywarden.fabric.work.retention.forget_old",
    "forget what was never sent to run a service": (
        "waywarden.devolution.interest.forgetting_actions.forget_unsent"
    ),
    "remove files that no row names": "waywarden.fabric.documents.actions.sweep",
}

# IMMEDIATE: with SQLite's default, two who write at once meet "database is
# locked" at the moment a read lock must become a write lock, however long the
# timeout. FULL: a power cut must not lose what we have acknowledged.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; "
        "PRAGMA journal_size_limit=67108864;"
    ),
}
DATABASES = {
    "default": dj_database_url.parse(
        environment.database_url(INSTANCE),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS

# Pages kept in each process under a key that changes with every change: see journal/caching.py.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": 86_400,
        "OPTIONS": {"MAX_ENTRIES": 200},
    }
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "people:sign-in"

# Signing in. The pages are ours (county/signing_in); allauth keeps the second steps.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
MFA_ADAPTER = "waywarden.county.signing_in.adapter.SealedSteps"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = environment.text("SITE_NAME", "waywarden")
# A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODE_DIGITS = 10
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "shown_as"]},
    },
]
# Signed out when the browser closes, and after twelve hours without a page asked for.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = INSTANCE / "static"
# WhiteNoise looks for it as it starts, before anything is collected there.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# The short life is the price of plain file names, which the map's worker needs.
WHITENOISE_MAX_AGE = 3600

# Files people send, and papers we made: see documents/keeping.py. They are given
# out only by views of ours, never as static files.
FILES_ROOT = INSTANCE / "files"
FILES_MOST_BYTES = environment.whole_number("FILE_SIZE_LIMIT_MB", default=15) * 1_000_000
FILE_UPLOAD_HANDLERS = [
    "waywarden.fabric.documents.receiving.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Styles and scripts are files of ours; pages hold neither.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "waywarden.website.errors.forged"

# Behind a proxy that ends TLS, HTTPS=yes turns on everything that needs it.
HTTPS = environment.flag("HTTPS", default=False)
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# The site speaks for its own name only: a council's other sites may not be ready for HTTPS.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# A monitor on this machine asks without the proxy.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
# With this beginning a browser takes a cookie from this very name alone, and over HTTPS alone.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True

# Nothing is saved while this is on; a file called "read-only" in the folder does the same.
READ_ONLY = environment.flag("READ_ONLY", default=False)
# With less room than this on its disk the site says at /health/ that it is not well.
LEAST_FREE_MEGABYTES = environment.number("LEAST_FREE_MEGABYTES", default=200)

# Nothing personal is written, whoever writes it: see website/running/logs.py.
LOG_FORMAT = environment.choice("LOG_FORMAT", ("line", "json"))
LOG_LEVEL = environment.choice("LOG_LEVEL", ("warning", "info", "error"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "waywarden.website.running.logs.LineFormatter"},
        "json": {"()": "waywarden.website.running.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"waywarden": {"level": LOG_LEVEL.upper()}},
}

# Whom a visitor may write to about the site itself; shown only when given.
CONTACT_EMAIL = environment.text("CONTACT_EMAIL")
SITE_OPERATOR = environment.text("SITE_OPERATOR")
