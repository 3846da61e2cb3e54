"""The command line. Click lives here only; this module is the door, and the one place where errors become exit codes.

Exit codes (a contract): 0 ok · 1 warnings with ``--strict`` · 2 usage · 3 not found · 4 content errors · 5 preflight
failed · 6 cannot write · 7 some jobs failed · 70 a bug · 130 interrupted · 143 told to end.

A command's module is imported only when the command runs, so that ``handouts --help`` costs no more than Click does.
"""

import errno
import os
import signal
import sys
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Final, NoReturn

import click

import handouts

COMMANDS: Final = {
    "render": "Make leaflets as PDF files.",
    "batch": "Make a print run from a list.",
    "ledger": "See what became of a print run.",
    "check": "Look for mistakes in topics, translations and finished files.",
    "list": "List topics, causes, locales, brands or formats.",
    "show": "Show what a topic says.",
    "catalogue": "Extract, update and survey translations.",
    "new": "Begin a brand, a topic or a locale.",
}
"""Every command with its line in the help: module ``handouts.cli.NAME`` has it as ``command``."""

BUG: Final = 70
INTERRUPTED: Final = 130
TOLD_TO_END: Final = 143
CANNOT_WRITE: Final = 6


class Door(click.Group):
    """The group of all commands: loads them late, and lets no error out but as a message and an exit code."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Return what is left of a line; help that standard output does not take is an error like any other."""
        try:
            return super().parse_args(ctx, args)
        except OSError as error:
            ctx.exit(_flushed(_fail(error)))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (Click's signature)
        """Return the names of all commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, imported now; None for a name there is not."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"handouts.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of a line; a name there is not is refused with the nearest one as a hint."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(COMMANDS)}."
            ctx.fail(f"There is no command “{args[0]}”. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> NoReturn:
        """Run the command of the line, and leave with the exit code that it returns, else 0."""
        try:
            _ready()
            code = super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise  # Click shows its own: usage errors (2), --help
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            code = INTERRUPTED
        except Exception as error:
            code = _fail(error)
        ctx.exit(_flushed(code if isinstance(code, int) else 0))


def _ready() -> None:
    """See that what the command leans on is there: its streams, the folder it is in, and time to tidy up at the end."""
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (until the process ends)
    if sys.stdout is None:
        raise OSError(errno.EBADF, "it is closed")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # own names of languages on an old terminal
    for name in ("SIGTERM", "SIGHUP"):  # the latter is not on Windows
        with suppress(AttributeError, ValueError):  # only the main thread may
            number = getattr(signal, name)
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _leave)
    try:
        Path.cwd()
    except FileNotFoundError:
        from handouts.errors import NotFound

        raise NotFound("The folder that you are in has been deleted.", "Change to another one.") from None


def _leave(*_: object) -> NoReturn:
    """End as after an interrupt, so that nothing half-written is left."""
    raise SystemExit(TOLD_TO_END)


def _flushed(code: int) -> int:
    """Return the exit code, when stdout has taken what was left; if it does not, keep Python from complaining of it."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return code or _fail(error)
    return code


def _fail(error: Exception) -> int:
    """Say on stderr what went wrong, and return the exit code."""
    from handouts.console import Console, unheard
    from handouts.errors import HandoutsError

    if isinstance(error, BrokenPipeError):
        return CANNOT_WRITE  # a reader that has gone (``| head``) has heard enough
    if os.environ.get("HANDOUTS_DEBUG") == "1":
        from traceback import print_exception

        print_exception(error)
    if isinstance(error, OSError) and error.filename is None:  # only the streams have no name
        error = unheard(error)
    if isinstance(error, HandoutsError):
        Console().error(error)
        return error.exit_code
    click.echo(f"This is a bug in handouts {handouts.__version__}: {type(error).__name__}.", err=True)
    hint = "Run it again with HANDOUTS_DEBUG=1 set, and report what it says with the command you gave."
    click.echo(f"  → {hint}", err=True)
    return BUG


HELP: Final = """\b
Examples:
  handouts render back-fat-granules --locale es
  handouts render --cause each --locale all -o leaflets/
  handouts --library clinic render --brand our-clinic --format large
  handouts list locales

Health guidance as printable leaflets: in the patient's language and script, in the print size the patient needs,
under the clinic's own brand.
"""


@click.group(cls=Door, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(handouts.__version__, prog_name="handouts", message="%(prog)s %(version)s")
@click.option(
    "--library",
    "roots",
    multiple=True,
    envvar="HANDOUTS_LIBRARY",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A leaflet library of your own, asked before the built-in one. May be repeated; the first hit wins.",
)
def main(roots: tuple[Path, ...]) -> None:
    """Make printable leaflets."""
