"""`python -m functions.reglement DIR OUT` compiles a town's rules. Exit 1 with the list of problems, 2 on misuse."""

import sys
from pathlib import Path

from functions.reglement.source import Incoherent, compile_directory

_ARGUMENTS = 3


def main(arguments: list[str]) -> int:
    if len(arguments) != _ARGUMENTS:
        sys.stderr.write("Usage : python -m functions.reglement DOSSIER FICHIER\n")
        return 2
    try:
        compiled = compile_directory(arguments[1])
    except Incoherent as error:
        sys.stderr.write(f"{error}\n")
        return 1
    out = Path(arguments[2])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(compiled)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
