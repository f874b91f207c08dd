"""The list of agents, in `core`: AGENTS / COMPTE#<id>. What an agent may do stands in the access item alone."""

from dataclasses import dataclass

from functions.store.documents import dump, load
from functions.store.models import Core
from functions.store.transactions import Transaction

_PARTITION = "AGENTS"


@dataclass(frozen=True, slots=True)
class Agent:
    """One line of the list; `email` is folded."""

    account_id: str
    email: str
    name: str
    services: tuple[str, ...]


def every() -> list[Agent]:
    found = [load(item.doc or "", Agent) for item in Core.query(_PARTITION, consistent_read=True)]
    return sorted(found, key=lambda agent: (agent.name, agent.email))


def add(transaction: Transaction, agent: Agent) -> None:
    """Label: "agent"."""
    transaction.put("agent", Core(_PARTITION, f"COMPTE#{agent.account_id}", doc=dump(agent)))


def remove(transaction: Transaction, account_id: str) -> None:
    """Label: "agent"."""
    transaction.delete("agent", Core(_PARTITION, f"COMPTE#{account_id}"))
