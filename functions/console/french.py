"""Click speaks English through gettext; the `parvis` command answers in French."""

from typing import Any

import click

_WORDS = {
    "Usage:": "Utilisation :",
    "Options": "Options",
    "Commands": "Commandes",
    "Positional arguments": "Arguments",
    "Show this message and exit.": "Affiche cette aide.",
    "Error: {message}": "Erreur : {message}",
    "Try '{command} {option}' for help.": "Pour l’aide : {command} {option}",
    "Missing command.": "Il manque une commande.",
    "No such command {name!r}.": "La commande « {name} » n’existe pas.",
    "No such option {name!r}.": "L’option {name} n’existe pas.",
    "Option {name!r} does not take a value.": "L’option {name} n’attend pas de valeur.",
    "Missing argument": "Il manque l’argument",
    "Missing option": "Il manque l’option",
    "Missing parameter": "Il manque le paramètre",
    "Missing parameter: {param_name}": "Il manque le paramètre {param_name}",
    "Invalid value: {message}": "Valeur refusée : {message}",
    "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint} : {message}",
    "{name} {filename!r} does not exist.": "{filename} n’existe pas.",
    "{name} {filename!r} is a file.": "{filename} est un fichier, un dossier est attendu.",
    "{name} {filename!r} is a directory.": "{filename} est un dossier, un fichier est attendu.",
    "{name} {filename!r} is not readable.": "{filename} ne peut pas être lu.",
    "{name} {filename!r} is not writable.": "{filename} ne peut pas être écrit.",
    "Argument {name!r} takes {nargs} values.": "L’argument {name} attend {nargs} valeurs.",
    "{value} is not in the range {range}.": "{value} n’est pas dans l’intervalle {range}.",
    "Could not open file {filename!r}: {message}": "{filename} ne peut pas être ouvert : {message}",
    "{value!r} is not a valid {number_type}.": "« {value} » n’est pas un nombre.",
    "Choose from:\n\t{choices}": "Choix possibles :\n\t{choices}",
    "Aborted!": "Interrompu.",
    "required": "obligatoire",
    "default: {default}": "par défaut : {default}",
    "file": "fichier",
    "directory": "dossier",
    "path": "chemin",
}
_PLURALS = {
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"): (
        "L’argument {args} est de trop.",
        "Les arguments {args} sont de trop.",
    ),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."): (
        "« {value} » n’est pas {choice}.",
        "« {value} » n’est pas parmi {choices}.",
    ),
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"): (
        "Vouliez-vous dire {possibility} ?",
        "(Vouliez-vous dire : {possibilities} ?)",
    ),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."): (
        "L’option {name} attend une valeur.",
        "L’option {name} attend {nargs} valeurs.",
    ),
    ("{value!r} does not match the format {format}.", "{value!r} does not match the formats {formats}."): (
        "« {value} » n’a pas la forme {format}.",
        "« {value} » n’a aucune des formes {formats}.",
    ),
}


def install() -> None:
    """Put French in place of click's gettext. A sentence that is not in the table stays as click wrote it."""
    modules: tuple[Any, ...] = (
        click.core,
        click.exceptions,
        click.formatting,
        click.parser,
        click.termui,
        click.types,
        click.decorators,
    )
    for module in modules:
        if hasattr(module, "_"):
            module._ = _translate
        if hasattr(module, "ngettext"):
            module.ngettext = _plural


def _translate(message: str) -> str:
    return _WORDS.get(message, message)


def _plural(one: str, many: str, number: int) -> str:
    singular, plural = _PLURALS.get((one, many), (_translate(one), _translate(many)))
    return singular if number in {0, 1} else plural
