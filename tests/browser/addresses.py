"""The pages of the built site."""

from support.engine import ROOT

# Their data come from the town: nobody signed in is sent to the sign-in page.
PRIVATE = frozenset(
    {
        "/agenda/",
        "/agents/",
        "/cle-enfance/",
        "/cles-d-acces/",
        "/identifiants/",
        "/mes-coordonnees/",
        "/mes-donnees/",
        "/mon-espace/",
        "/preferences/",
        "/reservations/",
        "/verification-en-deux-etapes/",
    }
)
# Without a sign-in under way, it leaves for the sign-in page too; its own tests look at it.
PASSING = frozenset({"/code-de-connexion/"})
# Read by developers, with the functions, and by agents at their desk: not kept for reading without a network.
ONLINE_ONLY = frozenset({"/api/docs/", "/agents/"})


def addresses() -> list[str]:
    www = ROOT / "build/www"
    return sorted(f"/{page.parent.relative_to(www)}/".replace("/./", "/") for page in www.rglob("index.html"))
