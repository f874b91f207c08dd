"""The data a command acts on: those of this machine, or with --aws those of AWS, by the caller's own rights."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from functions.console.failures import Failure
from functions.console.local import access, layout
from functions.domain.errors import DomainError
from functions.kit import app, config

AWS = click.option(
    "--aws", is_flag=True, help="Sur les tables d’AWS, avec vos propres droits et les variables PARVIS_*."
)


@contextmanager
def opened(*, aws: bool) -> Iterator[config.Config]:
    """The store, configured; each trouble is one sentence."""
    try:
        if not aws:
            with access.store(layout.current()) as settings:
                yield settings
            return
        # an address left from a local run must not stand for AWS
        settings = replace(config.load(os.environ), dynamodb_endpoint="")
        config.use(settings)
        app.prepare()
        with access.stopped_said():
            yield settings
    except DomainError as refusal:
        raise Failure(refusal.detail) from refusal
    except config.ConfigError as error:
        raise Failure(str(error)) from error
