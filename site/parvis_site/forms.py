"""The forms of the site, rendered at build from the shapes that validate them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from functions.accounts import schemas as accounts
from functions.accounts import second_factor_schemas as second_factor
from functions.accounts.closing_schemas import CloseAccount
from functions.activation import schemas as activation
from functions.franceconnect.schemas import AskLink, AskUnlink
from functions.passkeys import schemas as passkeys
from functions.reservations.trial_schemas import Trial
from parvis_site import form_model, rules

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Form:
    """What a page may ask for by {{ formulaire("id") }}. `name` is what the script of the page knows it by."""

    name: str
    action: str
    shape: type[Any]
    submit: str
    robots: bool = False  # its sender passes the control against robots
    openers: tuple[tuple[str, str], ...] = ()  # optional group -> words of the checkbox that opens it

    def opener(self, group: str) -> str:
        return dict(self.openers)[group]


FORMS: dict[str, Form] = {
    "creer-mon-espace": Form(
        "create-account",
        "/api/accounts",
        accounts.CreateAccount,
        "Continuer",
        robots=True,
        openers=(("cle_enfance", "J’ai reçu ma clé enfance"),),
    ),
    "connexion": Form("sign-in", "/api/accounts/sessions", accounts.SignIn, "Se connecter"),
    "code-de-connexion": Form(
        "second-step", "/api/accounts/sessions/second-step", second_factor.SecondStep, "Continuer"
    ),
    "relier-application": Form(
        "enrol-totp", "/api/accounts/second-factor", second_factor.ProvePassword, "Afficher le code à scanner"
    ),
    "confirmer-application": Form(
        "confirm-totp", "/api/accounts/second-factor/confirm", second_factor.ConfirmTotp, "Confirmer"
    ),
    "retirer-application": Form(
        "remove-totp", "/api/accounts/second-factor/remove", second_factor.TakeOff, "Retirer l’application"
    ),
    "ajouter-cle-acces": Form("add-passkey", "/api/passkeys/options", passkeys.AskPasskey, "Ajouter une clé d’accès"),
    "mot-de-passe-oublie": Form(
        "forgotten", "/api/accounts/password/forgotten", accounts.Forgotten, "Recevoir le message"
    ),
    "relier-franceconnect": Form(
        "link-franceconnect", "/api/franceconnect/link/start", AskLink, "Relier FranceConnect à mon espace"
    ),
    "retirer-franceconnect": Form(
        "unlink-franceconnect", "/api/franceconnect/unlink", AskUnlink, "Retirer FranceConnect"
    ),
    "changer-adresse": Form("change-email", "/api/accounts/email", accounts.ChangeEmail, "Changer mon adresse e-mail"),
    "changer-mot-de-passe": Form(
        "change-password", "/api/accounts/password/change", accounts.ChangePassword, "Changer mon mot de passe"
    ),
    "fermer-mon-espace": Form("close-account", "/api/accounts/close", CloseAccount, "Fermer mon espace"),
    "nouveau-mot-de-passe": Form(
        "new-password", "/api/accounts/password/reset", accounts.NewPassword, "Changer mon mot de passe"
    ),
    "cle-enfance": Form("cle-enfance", "/api/accounts/cle-enfance", accounts.CleEnfance, "Activer ma clé enfance"),
    "renvoi-activation": Form(
        "resend-activation", "/api/activation/resend", activation.Resend, "Recevoir un nouveau lien"
    ),
    "demander-activation": Form(
        "ask-activation", "/api/activation/requests", activation.AskActivation, "Envoyer ma demande", robots=True
    ),
    "invitation": Form(
        "accept-invitation", "/api/activation/invitation", activation.AcceptInvitation, "Ouvrir mon espace"
    ),
    "essayer-les-regles": Form("try-rules", "/api/reservations/essai", Trial, "Essayer"),
}


class UnknownForm(KeyError):
    """The page asks for a form that does not exist."""


def render(form_id: str) -> Markup:
    """Return the HTML of a form, without any blank line (Markdown leaves such a block untouched)."""
    form = FORMS.get(form_id)
    if form is None:
        known = ", ".join(sorted(FORMS))
        raise UnknownForm(f"le formulaire « {form_id} » n’existe pas (formulaires connus : {known})")
    fields, groups = form_model.read(form.shape)
    steps = [group for group in groups if not group.optional]
    options = [group for group in groups if group.optional]
    parts = form_model.parts(fields)
    html = (
        environment()
        .get_template("form.html.j2")
        .render(form=form, parts=parts, steps=steps, groups=options, options={"services": _services()})
    )
    return Markup("\n".join(line for line in html.splitlines() if line.strip()))  # noqa: S704 (autoescaped template)


def _services() -> list[tuple[str, str]]:
    return [(service.id, service.name) for service in rules.compiled().services.values() if service.listed]


@cache
def environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
