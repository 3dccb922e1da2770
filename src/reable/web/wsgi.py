"""The way in for a web server: `granian --interface wsgi reable.web.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reable.web.settings.production")
application = get_wsgi_application()
