"""Every route that takes the token of a mail, read from the routes themselves."""

import msgspec

from support.client import FUNCTIONS, app_of

TYPED = {
    "username": "camille.neuve",
    "password": "sept hérons traversent la Loire",
    "password_confirmation": "sept hérons traversent la Loire",
}


def _links() -> dict[str, dict[str, str]]:
    routes = [route for name in FUNCTIONS for route in app_of(name).extensions["parvis_routes"] if route.body]
    asked = {route.path: [field.name for field in msgspec.structs.fields(route.body)] for route in routes}
    return {
        path: {name: TYPED[name] for name in names if name != "token"}
        for path, names in asked.items()
        if "token" in names
    }


# path -> the rest of what it asks for
LINKS = _links()
