"""The WSGI application of this function."""

from functions.franceconnect.routes import routes
from functions.kit.app import create_app

app = create_app(routes)
