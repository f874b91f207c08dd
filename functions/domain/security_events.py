"""What Parvis writes down of what happens: lines of the log, and lines of the audit, each with its meaning and how long
it is kept. Both hold identifiers only: no name, address, telephone or date of birth.

A test holds that what the code writes is here, and that nothing here is never written. Lengths: a log of access is kept
six months to a year (CNIL, deliberation 2021-122 of 14 October 2021), three years where a dispute may need it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LOG_DAYS = 365
AUDIT_DAYS = 3 * 365


@dataclass(frozen=True, slots=True)
class SecurityEvent:
    """`days` is how long one line is kept. `alert`: somebody of the town must look at it."""

    name: str
    label: str
    days: int
    alert: bool = False


def _log(name: str, label: str, *, alert: bool = False) -> SecurityEvent:
    return SecurityEvent(name, label, LOG_DAYS, alert)


def _audit(name: str, label: str) -> SecurityEvent:
    return SecurityEvent(name, label, AUDIT_DAYS)


def _by_name(*events: SecurityEvent) -> Mapping[str, SecurityEvent]:
    return MappingProxyType({event.name: event for event in events})


LOG: Mapping[str, SecurityEvent] = _by_name(
    _log("account_created", "Espace demandé, en attente d’activation"),
    _log("account_activated", "Espace activé"),
    _log("account_closed", "Espace fermé par son titulaire"),
    _log("activation_not_resent", "Lien d’activation non renvoyé\u202f: l’espace a changé entre-temps"),
    _log("signed_in", "Connexion"),
    _log("sign_in_refused", "Connexion refusée"),
    _log("robot_check_refused", "Contrôle anti-robots non passé"),
    _log("second_factor_enrolled", "Second facteur ajouté"),
    _log("second_factor_removed", "Second facteur retiré"),
    _log("second_factor_proven", "Second facteur reconnu"),
    _log("second_factor_refused", "Second facteur refusé"),
    _log("passkey_added", "Clé d’accès ajoutée"),
    _log("passkey_not_added", "Clé d’accès non ajoutée\u202f: la réponse de l’appareil ne tient pas"),
    _log("passkey_renamed", "Clé d’accès renommée"),
    _log("passkey_removed", "Clé d’accès retirée"),
    _log("passkey_refused", "Connexion par clé d’accès refusée"),
    _log("passkey_counter_back", "Clé d’accès refusée\u202f: elle a peut-être été copiée", alert=True),
    _log("franceconnect_linked", "Espace relié à FranceConnect"),
    _log("franceconnect_unlinked", "FranceConnect retiré d’un espace"),
    _log("franceconnect_other_person", "Lien refusé\u202f: l’identité de FranceConnect n’est pas celle de l’espace"),
    _log("franceconnect_left", "Retour de FranceConnect sans connexion"),
    _log("franceconnect_refused", "Retour de FranceConnect refusé\u202f: ce qu’il dit ne tient pas"),
    _log("franceconnect_unreachable", "FranceConnect ne répond pas"),
    _log("password_asked_twice", "Même demande de mot de passe envoyée deux fois à la fois"),
    _log("password_changed", "Mot de passe changé"),
    _log("password_reset", "Mot de passe remplacé après un oubli"),
    _log("rehash_postponed", "Empreinte du mot de passe refaite plus tard"),
    _log("email_half_confirmed", "Changement d’adresse confirmé par une des deux adresses"),
    _log("email_changed", "Adresse e-mail changée"),
    _log("preferences_chosen", "Préférences choisies"),
    _log("export_made", "Copie des données remise à la famille"),
    _log("cle_refused", "Clé enfance refusée"),
    _log("foyer_linked", "Espace relié à un dossier"),
    _log("invitation_accepted", "Invitation acceptée"),
    _log("co_guardian_invited", "Autre responsable invité"),
    _log("activation_requested", "Activation d’un espace demandée à un service"),
    _log("own_file_changed", "Coordonnées, adresse ou entourage changés par la famille"),
    _log("request_decided", "Demande acceptée ou refusée par un service"),
    _log("request_raced", "Demande décidée par deux agents à la fois"),
    _log("throttled", "Trop d’essais"),
    _log("mail_sent", "Courriel envoyé"),
    _log("mail_without_reader", "Courriel sans destinataire\u202f: l’espace n’existe plus"),
    _log(
        "mail_came_back", "Courriel revenu\u202f: personne ne le lit à cette adresse, ou son titulaire s’en est plaint"
    ),
    _log("mail_withheld", "Courriel non envoyé\u202f: les précédents sont revenus de cette adresse"),
    _log("mail_notice_unknown", "Avis du service d’envoi de courriels non compris"),
    _log("mail_unavailable", "Envoi de courriels impossible pour le moment"),
    _log("event_failed", "Suite d’une action à refaire"),
    _log("event_set_aside", "Suite d’une action mise de côté après plusieurs échecs", alert=True),
    _log("jobs_failed", "Tâches de fond interrompues", alert=True),
    _log("rules_not_looked_up", "Règles publiées non consultées\u202f: la base n’a pas répondu"),
    _log("rules_not_read", "Règles publiées illisibles", alert=True),
    _log("unexpected", "Erreur imprévue", alert=True),
)

AUDIT: Mapping[str, SecurityEvent] = _by_name(
    _audit("account.created", "Espace demandé"),
    _audit("account.activated", "Espace activé"),
    _audit("account.closed", "Espace fermé par son titulaire"),
    _audit("activation.resent", "Lien d’activation renvoyé"),
    _audit("password.asked", "Mot de passe oublié"),
    _audit("password.reset", "Mot de passe remplacé après un oubli"),
    _audit("password.changed", "Mot de passe changé"),
    _audit("email.asked", "Changement d’adresse demandé"),
    _audit("email.confirmed", "Changement d’adresse confirmé par une des deux adresses"),
    _audit("email.changed", "Adresse e-mail changée"),
    _audit("email.tried", "Adresse e-mail à essayer de nouveau"),
    _audit("preferences.chosen", "Préférences choisies"),
    _audit("second_factor.enrolled", "Second facteur ajouté"),
    _audit("second_factor.removed", "Second facteur retiré"),
    _audit("passkey.added", "Clé d’accès ajoutée"),
    _audit("passkey.renamed", "Clé d’accès renommée"),
    _audit("passkey.removed", "Clé d’accès retirée"),
    _audit("franceconnect.linked", "Espace relié à FranceConnect"),
    _audit("franceconnect.unlinked", "FranceConnect retiré de l’espace"),
    _audit("sign_in_code.asked", "Code de connexion envoyé"),
    _audit("export.made", "Copie des données remise à la famille"),
    _audit("foyer.linked", "Espace relié à un dossier"),
    _audit("invitation.sent", "Invitation envoyée à un responsable"),
    _audit("invitation.accepted", "Invitation acceptée"),
    _audit("agent.invited", "Agent nommé et invité"),
    _audit("agent.granted", "Droits d’agent donnés"),
    _audit("agent.removed", "Droits d’agent retirés"),
    _audit("request.opened", "Demande envoyée à un service"),
    _audit("request.accepted", "Demande acceptée"),
    _audit("request.refused", "Demande refusée"),
    _audit("request.withdrawn", "Demande annulée par la famille"),
    _audit("details.changed", "Civilité ou téléphones changés par la famille"),
    _audit("address.changed", "Adresse postale changée par la famille"),
    _audit("contact.added", "Personne ajoutée à l’entourage"),
    _audit("contact.changed", "Personne de l’entourage modifiée"),
    _audit("contact.removed", "Personne retirée de l’entourage"),
    _audit("booking", "Réservations changées"),
    _audit("rules_published", "Règles publiées"),
    _audit("rules_withdrawn", "Règles retirées"),
    _audit("retention.applied", "Données effacées à la fin de leur durée de conservation"),
)
