"""How the console shows what the rules answer: the documented JSON, or words under headings."""

from dataclasses import asdict
from typing import Any

from functions.domain.trial_answer import TrialAnswer


def as_json(answer: TrialAnswer) -> dict[str, Any]:
    return asdict(answer)


def in_words(answer: TrialAnswer) -> str:
    lines: list[str] = []
    for section in answer.words:
        lines.append(section.title)
        lines += [f"  {sentence}" for sentence in section.sentences]
        if section.about == "price" and answer.price is not None:
            lines += [f"    {step.step} : {step.value}" for step in answer.price.trace]
    lines.append(f"Règles : {answer.rules_hash}")
    return "\n".join(lines)
