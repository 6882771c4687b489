"""The commands of the service, one line for all: ``python -m data VERB``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from data.command_line import Command
from data.demo import seed
from data.planning import commands


def main(arguments: Sequence[str]) -> int:
    """Do what a command line asks for.

    Returns
    -------
    int
        The exit status: 0 done, 1 not done and why said in one sentence, 2 not understood.
    """
    command = Command(
        prog="python -m data",
        description="Kommandon för den som sköter Dialogkartan. Kör dem där tjänsten körs.",
    )
    commands.add_to(command)
    seed.add_to(command)
    asked = command.parse_args(arguments)
    status: int = asked.act(asked)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
