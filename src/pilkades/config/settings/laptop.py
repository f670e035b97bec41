"""A village laptop: production, served to this machine in plain and to phones over HTTPS.

Browsers treat `http://localhost` as secure, so the laptop itself needs no certificate and secure
cookies work there. Other machines reach the plain port too, as the open page only
(`installation.middleware`), so nothing is redirected and no browser is told to insist on HTTPS for
a name that another laptop may bear tomorrow.
"""

import os

from .production import *  # noqa: F403

PILKADES_HTTPS_PORT = int(os.environ.get("PILKADES_HTTPS_PORT", "8443"))
# The hotspot gives the laptop an address nobody knows beforehand; no page builds a link from the
# host that a request names, and sign-in is bound to HTTPS by certificate.
ALLOWED_HOSTS = ["*"]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_HSTS_PRELOAD = False
