"""A configuration that loads, and what each change to it is told as: (old text, new text, line)."""

LOGIN = 'security = "none"\nusername = "agoxe@cerdd.org"\nauth = "password"\npassword_env = "REPLAY_PASSWORD"\n'
MAIN = f"""timezone = "Europe/Paris"
[mailbox]
address = "agoxe@cerdd.org"
organisation_domains = ["cerdd.org", "cerdd.example"]
host = "127.0.0.1"
port = 10143
{LOGIN}folder = "INBOX"
since = 2016-01-01
first_run = "answer"
trusted_authserv = "mx.cerdd.org"
[smtp]
host = "127.0.0.1"
port = 10025
{LOGIN}from_name = "Cerdd – Antoine Goxe"
max_per_minute = 100000
[schedule]
grace_minutes = 0
[limits]
acks_per_cycle = 1000
[paths]
templates = "/opt/product/mail_templates"
"""
CALL = """code = "visions"
prefix = "C1"
title = "Visions"
short_title = "Visions"
opens = 2016-12-01
closes = 2017-02-28
places = { min = 2, max = 3 }
keywords = ["visions"]
regions = ["32"]
[contact]
name = "Antoine Goxe"
role = "Chargé de mission"
organisation = "Cerdd"
email = "agoxe@cerdd.org"
phone = "03.21.08.52.46"
[[meetings]]
key = "prep-1"
title = "Première réunion"
date = 2017-03-07
[[meetings]]
key = "prep-2"
title = "Deuxième réunion"
date = 2017-04-06
"""
OTHER = CALL.replace('"visions"\nprefix = "C1"', '"autre"\nprefix = "C2"').replace("2016-12-01", "2016-11-01")

MAIN_FAULTS = [
    ("port = 10143", "prot = 10143", '[mailbox] prot: unknown key, did you mean "port"?'),
    ("port = 10143", "PORT = 10143", '[mailbox] PORT: unknown key, did you mean "port"?'),
    (
        "[smtp]",
        "[mailbox.idle]\nx = 1\n[smtp]",
        "[mailbox] idle: unknown key; it belongs to [schedule]",
    ),
    (
        "port = 10143",
        'pass = "hunter2"',
        "[mailbox] pass: unknown key; the password itself never stands here, use password_env or password_file",
    ),
    ("[limits]", '[limits]\npassword = "hunter2"', "[limits] password: unknown key"),
    *(
        (
            'folder = "INBOX"',
            f'after = "{word}"',
            '[mailbox] after: expected "leave", "keyword" or "move:" and a folder, such as "move:AMI/Candidatures"',
        )
        for word in ("move:", "move: ", "move:AMI/%", "AMI", "Leave")
    ),
    ("port = 10143", "max_per_minute = 3", "[mailbox] max_per_minute: unknown key; it belongs to [smtp]"),
    (
        "port = 10143",
        'password = "hunter2"',
        "[mailbox] password: unknown key; the password itself never stands here, use password_env or password_file",
    ),
    (
        "[paths]",
        '[ledger]\nheartbeat_url = "ftp://hc.example/abc"\n[paths]',
        '[ledger] heartbeat_url: expected "" or an address such as https://www.example.org/page',
    ),
    (
        "[paths]",
        '[ledger]\nheartbeat_url = "file:///etc/passwd"\n[paths]',
        '[ledger] heartbeat_url: expected "" or an address such as https://www.example.org/page',
    ),
    (
        'organisation_domains = ["cerdd.org", "cerdd.example"]',
        'organisation_domains = ["cerdd"]',
        "[mailbox] organisation_domains, item 1: expected a domain such as cerdd.org",
    ),
    ("port = 10143", "port = [993]", "[mailbox] port: expected a whole number without quotes, found a list"),
    ("port = 10143", "port = {}", "[mailbox] port: expected a whole number without quotes, found a section"),
    ("port = 10143", "port = 2017-02-28", "[mailbox] port: expected a whole number without quotes, found 2017-02-28"),
    (
        "[paths]",
        '[paths]\nsheets = "a\\u0000b"',
        "[paths] sheets: expected a path on one line, without control characters",
    ),
    ("timezone", "timezon", 'timezon: unknown key, did you mean "timezone"?'),
    ("[schedule]", "[shedule]", "[shedule]: unknown section, did you mean [schedule]?"),
    (
        "[schedule]",
        "[xyz]",
        "[xyz]: unknown section; the sections are [mailbox], [smtp], [microsoft365], [google], [staff], [schedule], "
        "[limits], [paths], [ledger]",
    ),
    ("port = 10143", "port = 0", "[mailbox] port: expected at least 1, found 0"),
    ("port = 10025", "port = 65536", "[smtp] port: expected at most 65535, found 65536"),
    ("port = 10143", 'port = "993"', "[mailbox] port: expected a whole number without quotes, found a text in quotes"),
    ("port = 10143", "port = 993.0", "[mailbox] port: expected a whole number without quotes, found the number 993.0"),
    ("port = 10143", "port = true", "[mailbox] port: expected a whole number without quotes, found true"),
    ('folder = "INBOX"', "folder = 5", "[mailbox] folder: expected a text in quotes, found the number 5"),
    (
        'folder = "INBOX"',
        'folders = "INBOX"',
        '[mailbox] folders: expected a list, such as ["one", "two"], found a text in quotes',
    ),
    (
        'folder = "INBOX"',
        'aliases = ["a@b.fr", 3]',
        "[mailbox] aliases, item 2: expected a text in quotes, found the number 3",
    ),
    (
        'folder = "INBOX"',
        'aliases = ["nobody"]',
        "[mailbox] aliases, item 1: expected an e-mail address such as agoxe@cerdd.org",
    ),
    ('folder = "INBOX"', "idle = true", "[mailbox] idle: unknown key; it belongs to [schedule]"),
    (
        'folder = "INBOX"',
        'list_unrelated = "no"',
        "[mailbox] list_unrelated: expected true or false, found a text in quotes",
    ),
    (
        "since = 2016-01-01",
        'since = "2016-01-01"',
        "[mailbox] since: expected a date without quotes, such as 2017-02-28, found a text in quotes",
    ),
    (
        'host = "127.0.0.1"',
        'host = "imap.cerdd.org"',
        '[mailbox] security: "none" is for 127.0.0.1, ::1, localhost only; write "tls" or "starttls"',
    ),
    (
        'security = "none"',
        'security = "ssl"',
        "[mailbox] security: expected 'tls', 'starttls' or 'none', found 'ssl'",
    ),
    (
        'auth = "password"',
        'auth = "google"',
        '[google]: missing; [mailbox] auth = "google" needs it (docs/mailboxes.md)',
    ),
    (
        'auth = "password"',
        'auth = "microsoft365"',
        '[microsoft365]: missing; [mailbox] auth = "microsoft365" needs it (docs/mailboxes.md)',
    ),
    (
        "[schedule]",
        '[microsoft365]\nclient_id = "app"\n[schedule]',
        "[microsoft365] tenant: missing; this key has no default",
    ),
    (
        "[schedule]",
        '[microsoft365]\ntenant = "a/b"\nclient_id = "app"\n[schedule]',
        "[microsoft365] tenant: expected an ID of the Entra admin centre, such as 11111111-2222-3333-4444-555555555555",
    ),
    (
        "[schedule]",
        '[microsoft365]\ntenant = "t"\nclient_id = "app"\nauthority = "http://login.example"\n[schedule]',
        "[microsoft365] authority: expected an address such as https://login.microsoftonline.com",
    ),
    (
        "[schedule]",
        '[microsoft365]\ntenant = "t"\nclient_id = "app"\nsecret_env = "S"\ncertificate_file = "app.pem"\n[schedule]',
        "[microsoft365] certificate_file: the application has a secret already; keep one of the two",
    ),
    (
        "[schedule]",
        '[microsoft365]\ntenant = "t"\nclient_id = "app"\nsecret = "hunter2"\n[schedule]',
        "[microsoft365] secret: unknown key; the secret itself never stands here, use secret_env or secret_file",
    ),
    (
        "[schedule]",
        "[google]\n[schedule]",
        "[google] client_file: neither is given; name the key of a service account in service_account_file, "
        "or here the client of an installed app",
    ),
    (
        "[schedule]",
        '[google]\nservice_account_file = "a.json"\nclient_file = "b.json"\n[schedule]',
        "[google] client_file: both are given; name the key of a service account in service_account_file, "
        "or here the client of an installed app",
    ),
    (
        'password_env = "REPLAY_PASSWORD"',
        'password_env = ""',
        "[mailbox] password_file: empty, and so is password_env; name a file here or an environment variable there",
    ),
    ('"Europe/Paris"', '"Europe/Lille"', 'timezone: unknown time zone; expected one such as "Europe/Paris"'),
    ('"Europe/Paris"', '"Europe"', 'timezone: unknown time zone; expected one such as "Europe/Paris"'),
    (
        'address = "agoxe@cerdd.org"',
        'address = "agoxe"',
        "[mailbox] address: expected an e-mail address such as agoxe@cerdd.org",
    ),
    ('address = "agoxe@cerdd.org"', "", "[mailbox] address: missing; this key has no default"),
    ('host = "127.0.0.1"', 'host = ""', "[mailbox] host: empty; a text is needed"),
    (
        'folder = "INBOX"',
        'folder = "a\\r\\nb"',
        "[mailbox] folder: expected a text on one line, without control characters",
    ),
    (
        'folder = "INBOX"',
        'after = "delete"',
        '[mailbox] after: expected "leave", "keyword" or "move:" and a folder, such as "move:AMI/Candidatures"',
    ),
    ('folder = "INBOX"', 'ca_file = "/no/such/ca.pem"', "[mailbox] ca_file: there is no file /no/such/ca.pem"),
    ('folder = "INBOX"', '"a\\nb" = 1', "[mailbox] a b: unknown key"),
    ("grace_minutes = 0", "poll_minutes = 0", "[schedule] poll_minutes: expected at least 1, found 0"),
    (
        "[paths]",
        "keep_unrelated_days = 999999\n[paths]",
        "[limits] keep_unrelated_days: expected at most 36500, found 999999",
    ),
    ("since = 2016-01-01", "since = 0001-01-01", "[mailbox] since: expected at least 1970-01-01, found 0001-01-01"),
    ('host = "127.0.0.1"', 'host = " "', "[mailbox] host: empty; a text is needed"),
    ('folder = "INBOX"', 'folder = "  "', "[mailbox] folder: empty; a text is needed"),
    ('folder = "INBOX"', 'folders = [" "]', "[mailbox] folders, item 1: empty; a text is needed"),
    ("[paths]", "[paths]\nsheets = 5", "[paths] sheets: expected a path in quotes, found the number 5"),
    ("[paths]", '[paths]\nstate = ""', '[paths] state: empty; expected a folder, such as "var"'),
    ("[paths]", '[paths]\nsheets = "a\\nb"', "[paths] sheets: expected a path on one line, without control characters"),
    (
        'security = "none"',
        "security = 2017-01-01",
        "[mailbox] security: expected 'tls', 'starttls' or 'none', found 2017-01-01",
    ),
    ("[schedule]", '[staff]\ndigest_at = "8h30"\n[schedule]', '[staff] digest_at: expected an hour such as "08:30"'),
    (
        "[schedule]",
        '[ledger]\nurl = "mysql://x"\n[schedule]',
        '[ledger] url: expected "" (SQLite under state) or postgresql+psycopg://…',
    ),
    (
        "[schedule]",
        '[ledger]\nurl = "sqlite:///other.sqlite3"\n[schedule]',
        '[ledger] url: expected "" (SQLite under state) or postgresql+psycopg://…',
    ),
]

CALL_FAULTS = [
    ("closes = 2017-02-28", "closes = 2016-11-30", "closes: 2016-11-30 is before opens (2016-12-01)"),
    (
        "closes = 2017-02-28",
        'closes = "28 février"',
        "closes: expected a date without quotes, such as 2017-02-28, found a text in quotes",
    ),
    ("closes = 2017-02-28", "", "closes: missing; this key has no default"),
    ("closes = 2017-02-28", "closes = 9999-12-31", "closes: expected at most 2199-12-31, found 9999-12-31"),
    (
        'regions = ["32"]',
        "retention_months = 99999",
        "retention_months: expected at most 1200, found 99999",
    ),
    ('title = "Visions"', 'title = " "', "title: empty; a text is needed"),
    ('name = "Antoine Goxe"', 'name = "  "', "[contact] name: empty; a text is needed"),
    ("date = 2017-04-06", "date = 9999-12-31", "[[meetings]] 2, date: expected at most 2199-12-31, found 9999-12-31"),
    ('"prep-2"', '"PREP-1"', 'meetings: "prep-1" is the key of two meetings; each needs its own'),
    (
        '"Deuxième réunion"',
        '"Première réunion"',
        'meetings: "première réunion" is the title of two meetings; each needs its own',
    ),
    ("date = 2017-04-06", "dat = 2017-04-06", None),
    (
        'email = "agoxe@cerdd.org"',
        'email = "agoxe@cerdd"',
        "[contact] email: expected an e-mail address such as agoxe@cerdd.org",
    ),
    ('email = "agoxe@cerdd.org"', 'emial = "agoxe@cerdd.org"', None),
    (
        'code = "visions"',
        'code = "../visions"',
        "code: expected letters, digits and hyphens, fit for a folder, such as visions21-2017",
    ),
    (
        'code = "visions"',
        'code = "con"',
        "code: expected letters, digits and hyphens, fit for a folder, such as visions21-2017",
    ),
    (
        'prefix = "C1"',
        'prefix = "c1"',
        "prefix: expected 1 to 10 capital letters and digits, a letter first, such as V21",
    ),
    ("{ min = 2, max = 3 }", "{ min = 3, max = 2 }", "[places] max: 2 is less than min (3)"),
    ("{ min = 2, max = 3 }", "{ min = 2 }", "[places] max: 0 is less than min (2)"),
    ("{ min = 2, max = 3 }", "3", None),
    ('regions = ["32"]', "regions = [32]", "regions, item 1: expected a text in quotes, found the number 32"),
    (
        'regions = ["32"]',
        'regions = ["HDF"]',
        'regions, item 1: expected the two digits of an INSEE region code in quotes, such as "32"',
    ),
    (
        'regions = ["32"]',
        'regions = ["59"]',
        'regions, item 1: "59" is no region: expected an INSEE region code ("32" is Hauts-de-France), of '
        "01, 02, 03, 04, 06, 11, 24, 27, 28, 32, 44, 52, 53, 75, 76, 84, 93, 94",
    ),
    ('title = "Visions"', "title = 5", "title: expected a text in quotes, found the number 5"),
]
