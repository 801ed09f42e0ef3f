"""The portal's settings: one file, read from the environment, each variable once.

The defaults suit a person trying the portal on their own machine; production is what `docs/operations.md` says.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- What kind of installation this is ----------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)

# Everything that must survive a restart and is not in the database server: SQLite file, stored files, mail spool.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))

INSECURE_SECRET_KEY = "insecure-only-for-trying-the-portal"  # noqa: S105  refused below unless DEBUG
SECRET_KEY = env.str("SECRET_KEY", default=INSECURE_SECRET_KEY)
if not DEBUG and SECRET_KEY == INSECURE_SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY: with DEBUG off the portal refuses to start on the default one.")

# Demo mode: accounts with a published password and no second factor.
DEMO = env.bool("DEMO", default=DEBUG)
if DEMO and not DEBUG and env.str("DEMO_IN_PRODUCTION", default="") != "yes-everyone-knows-the-passwords":
    raise ImproperlyConfigured(
        "DEMO with DEBUG off lets everybody in. If this is a public demonstration, "
        "set DEMO_IN_PRODUCTION=yes-everyone-knows-the-passwords."
    )

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
# Where mails point to; a worker has no request to ask.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")

# --- What it is made of -------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "reports.apps.ReportsConfig",
    "equipment.apps.EquipmentConfig",
    "members.apps.MembersConfig",
    "ecluster.notifications.apps.NotificationsConfig",
    "ecluster.search.apps.SearchConfig",
    "ecluster.files.apps.FilesConfig",
    "ecluster.audit.apps.AuditConfig",
    "ecluster.tasks.apps.TasksConfig",
    "ecluster.accounts.apps.AccountsConfig",
    "ecluster.apps.PortalConfig",
    "django_tasks",
    "django_tasks_db",
    "django_filters",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ecluster.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "ecluster.middleware.NoNulMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ecluster.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ecluster.accounts.middleware.PreferencesMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "ecluster.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "ecluster.urls"
WSGI_APPLICATION = "ecluster.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Where a person's roles come from; each callable takes a user's key and a day, and answers rows of a Ground.
STANDING = [
    "ecluster.accounts.roles.offices",
    "members.roles.affiliations",
    "members.roles.expert_pool",
]
# What the audit trail calls actions, and what they change, where no status table and no field of the record says it;
# each callable answers {name in the trail: word}.
TRAIL_WORDS = [
    "equipment.trail.words",
    "members.trail.words",
    "ecluster.notifications.trail.words",
    "ecluster.files.trail.words",
    "ecluster.accounts.trail.words",
]
# What is told when people change their names; each callable takes the user, inside the transaction of the change.
WHEN_A_PERSON_CHANGES = ["members.search.experts.reindex_person"]
# The same of organisations: their name, class or standing; each callable takes their keys.
WHEN_AN_ORGANISATION_CHANGES = ["equipment.search.reindex_owners"]
# And of a term of the vocabulary; each callable takes the term.
WHEN_A_TERM_CHANGES = ["equipment.search.reindex_term"]
# What holds the terms of a kind that describes no organisation: model and field.
TERM_HOLDERS = {"equipment": "equipment.Equipment.category"}
# What can be loaded from a sheet, in this order; each names a `members.importing.columns.Kind`.
IMPORT_KINDS = [
    "members.importing.organisations.KIND",
    "members.importing.people.KIND",
    "members.importing.experts.KIND",
    "equipment.importing.KIND",
]
# What moves when two records of one organisation become one; each callable takes the duplicate and the survivor, and
# answers {what: how many}.
ORGANISATION_MERGERS = ["equipment.merging.take_over"]
# What must be true of the database; `manage.py check_invariants` asks them all.
INVARIANTS = [
    "equipment.invariants.check",
    "members.invariants.check",
    "ecluster.search.invariants.check",
    "ecluster.files.invariants.check",
    "ecluster.tasks.invariants.check",
    "ecluster.notifications.invariants.check",
]
# What is held about a person, and what becomes of it when they close their account; who stands higher lets go first.
PERSONAL_DATA = [
    "equipment.privacy.held",
    "members.privacy.held",
    "ecluster.notifications.privacy.held",
    "ecluster.audit.privacy.held",
    "ecluster.accounts.privacy.held",
]
ACCOUNT_CLOSERS = [
    "equipment.privacy.closing",
    "members.privacy.closing",
    "ecluster.notifications.privacy.closing",
    "ecluster.audit.privacy.closing",
    "ecluster.accounts.privacy.closing",
]
# What builds the demo, in this order; each app's builder stands on those before it.
DEMO_BUILDERS = ["members.demo.build", "equipment.demo.build"]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "ecluster.notifications.context_processors.inbox",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "ecluster.templatetags.components",
                "ecluster.templatetags.frame",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [BASE_DIR / "templates" / "compiled"],
        "OPTIONS": {"environment": "ecluster.compiled.environment"},
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database and cache -------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'ecluster.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    # A write transaction takes its lock when it begins, so that two writers wait for each other instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
    }
else:
    # psycopg2 only: a psycopg 3 in the environment would be taken by Django instead.
    DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Of a disk that reads any page as fast as the next one; and no query of ours is worth compiling.
    DATABASES["default"]["OPTIONS"] = {"options": "-c random_page_cost=1.1 -c jit=off"}

# In the database, because the limits on sign-in must hold across processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# Background tasks that come round; times of day are those of TIME_ZONE.
SCHEDULE = {
    "members.actions.experts.returning.welcome_back": "daily at 00:05",
    "equipment.search.notice_calibrations_run_out": "daily at 00:10",
    "ecluster.tasks.housekeeping.forget_what_is_done": "daily at 03:30",
    "members.actions.imports.work.forget_old_sheets": "daily at 03:40",
    "members.actions.counting.fold_changes": "daily at 03:50",
    "equipment.actions.logging.settle_unlogged": "daily at 04:00",
    "equipment.reminding.tell_what_runs_out": "daily at 08:00",
    "equipment.reminding.remind_to_log": "daily at 09:00",
    "equipment.reminding.remind_of_tomorrow": "every 30 minutes",
    "equipment.actions.waiting.lapse_offers": "every 5 minutes",
    "ecluster.notifications.mailing.send_what_waits": "every 10 minutes",
    "ecluster.notifications.digests.send_digests": "daily at 07:00",
}

# --- People -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["ecluster.accounts.backends.AccountBackend"]
SESSION_ENGINE = "ecluster.accounts.sessions"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "ecluster.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "ecluster.accounts.forms.signing_up.NameForm"
ACCOUNT_FORMS = {"login": "ecluster.accounts.forms.signing_in.LoginForm"}
ACCOUNT_CHANGE_EMAIL = True  # one address a person; a new one counts when it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that opened the account, nowhere else
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# Ten wrong passwords slow both the address they come from and the account they were tried on.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "10/10m/ip,10/10m/key"}
# Behind a proxy every request comes from the proxy: the visitor's address is what it adds to X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "e-Cluster"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# --- Language, time, numbers --------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
# Ours, and what we say otherwise than allauth does: its Korean calls opening an account what we call membership.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "allauth"]
FORMAT_MODULE_PATH = "ecluster.formats"
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

# --- Files --------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "files"  # private: served by ecluster.files to whom it concerns, never by a web server
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "ecluster.static_files.StaticFiles"
    },
}
UPLOAD_LIMIT_BYTES = env.int("UPLOAD_LIMIT_BYTES", default=20 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Mail ---------------------------------------------------------------------------------------------------

# Without a mail server, mails are written to files that a person can read.
EMAIL_FILE_PATH = DATA_DIR / "mail"
vars().update(env.email_url("EMAIL_URL", default="filemail://"))
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="e-Cluster <portal@ecluster.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Safety -------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = env.bool("HTTPS", default=not DEBUG)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Django's own console handler would say everything twice.
    "loggers": {"django": {"handlers": []}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
