"""The WSGI application of this function."""

from functions.kit.app import create_app
from functions.passkeys.routes import routes

app = create_app(routes)
