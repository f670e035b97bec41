"""ASGI entry point; in earnest unless the environment says otherwise."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilkades.config.settings.production")

application = get_asgi_application()
