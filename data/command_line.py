"""How a command is written on a line, with help and faults in Swedish."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn

UNCLEAR = "Så går det inte att skriva. Hjälp: {command} --help"
_FIELDS, _VERBS, _HELP = "så skriver du", "kommandon", "visa den här hjälpen"


class _Help(argparse.HelpFormatter):
    """Begins with our own word, where argparse writes "usage"."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401 - as argparse has them
        super().add_usage(usage, actions, groups, "Så här: " if prefix is None else prefix)


class Command(argparse.ArgumentParser):
    """A command, or a part of one, with its verbs and its own arguments."""

    def __init__(self, **words: Any) -> None:  # noqa: ANN401 - passed on as they come
        super().__init__(add_help=False, formatter_class=_Help, **words)
        self.fields = self.add_argument_group(_FIELDS)
        self.fields.add_argument("-h", "--help", action="help", help=_HELP)
        self._verbs: Any = None

    def add_verb(self, name: str, about: str) -> Command:
        """Add a command of this one, which must then be chosen."""
        if self._verbs is None:
            self._verbs = self.add_subparsers(title=_VERBS, metavar="VAD", required=True)
        made: Command = self._verbs.add_parser(name, help=about, description=about)
        return made

    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - argparse says it in English
        """Say how to get help, and end with status 2."""
        sys.stderr.write(UNCLEAR.format(command=self.prog) + "\n")
        sys.exit(2)
