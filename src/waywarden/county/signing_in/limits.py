"""How often somebody may try to sign in, before anything costly is worked out."""

from datetime import timedelta

from waywarden.fabric.forms.buckets import Limit

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

#: Tries from one network; a device that has signed in before is counted by itself.
SIGN_INS = Limit("sign-ins", 20, HOUR)
#: Links mailed to one address.
LINKS = Limit("links", 10, HOUR)
#: Passwords tried for one address.
PASSWORDS = Limit("passwords", 20, DAY)
#: Codes tried for one person, of an app or for recovery.
CODES = Limit("codes", 96, DAY)
#: Links followed from one network or known device.
FOLLOWED = Limit("links followed", 60, HOUR)
#: Passkeys asked about, each with a session of its own, from one network or known device.
PASSKEYS = Limit("passkeys", 60, HOUR)
#: Sessions begun by asking for a page that is not for everybody, from one network.
STRANGERS = Limit("strangers", 60, HOUR)
#: Codes tried for the first officer, from one network.
SET_UP_CODES = Limit("set-up codes", 20, HOUR)
