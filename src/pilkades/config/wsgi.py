"""WSGI entry point; in earnest unless the environment says otherwise."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilkades.config.settings.production")

application = get_wsgi_application()

# After the applications are loaded; a server publishes what it serves.
from pilkades.apps.audit.services.publisher import start_publisher  # noqa: E402

start_publisher()
