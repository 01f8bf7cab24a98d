"""One file a command; the only place where the outside worlds are built and joined.

Each command module is imported when its command is called, so that `--help` and `once` start at once.
"""

import gc
import importlib
import sys
from pathlib import Path
from types import ModuleType

import click

from pipeline.commands.streams import hold_streams
from pipeline.failures import Misconfigured, Unavailable, system_failure

SUMMARIES = {
    "demo": "The whole job on an embedded mail server with sample mails: no account, no configuration.",
    "init": "A configuration and a first call, from a few answers; never over an existing file.",
    "once": "One cycle of the worker.",
    "worker": "Cycles for ever, until SIGTERM or Ctrl-C.",
    "check": "Try everything for real and say what is wrong and how to mend it; sends nothing.",
    "status": "What is recorded, waiting, failed, held; the last cycle; who holds the tracker open.",
    "preview": "Every letter that would leave now, as a page and .eml files; sends and changes nothing.",
    "import": "Take in .eml files, folders of them, or .mbox files.",
    "export": "The ledger as JSON.",
    "recover": "Rebuild a lost or damaged tracker or ledger, without writing to anyone twice.",
    "purge": "RGPD: erase a call past its retention, or one person; says what and asks.",
    "laureates": "Compile the laureate workbook now.",
    "test": "For developers: format, lint, types and tests in the private environment.",
    "bench": "For developers: the benchmarks against what one would use instead, in the private environment.",
}
NO_ACCENTS = (
    "file names cannot hold every letter here (Python takes them for {encoding}): set PYTHONUTF8=1 in the environment, "
    "or a UTF-8 locale."
)


class Commands(click.Group):
    """The table above; a command's module is named after it (`import` is `importing`)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in SUMMARIES:
            return None
        module = {"import": "importing"}.get(cmd_name, cmd_name)
        command = loaded(f"pipeline.commands.{module}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))


def loaded(name: str) -> ModuleType:
    """The module of that name. What modules are made of stays: to look for garbage in it is a tenth of the start."""
    if name in sys.modules:
        return sys.modules[name]
    gc.disable()
    try:
        return importlib.import_module(name)
    finally:
        gc.freeze()
        gc.enable()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", type=click.Path(path_type=Path), help="Default: config/pipeline.toml.")
@click.option("--now", metavar="TIME", help="Replaces the clock, e.g. 2017-02-20T10:00; time runs on from there.")
@click.option("--json-log", is_flag=True, help="Write var/logs/worker.log as JSON, one object a line.")
@click.pass_context
def program(context: click.Context, config: Path | None, now: str | None, json_log: bool) -> None:
    """Reads the mailbox of a public call, keeps the staff's Excel tracker, writes the letters, compiles the laureates.

    Example: python3 run.py --config config/pipeline.toml once
    """
    if sys.getfilesystemencoding() != "utf-8":
        raise Misconfigured(NO_ACCENTS.format(encoding=sys.getfilesystemencoding()))
    context.obj = {"config": config, "now": now, "json_log": json_log}


def main(arguments: list[str] | None = None, name: str = "run.py") -> int:
    """Run a command; 0 done, 1 something is to be tried again, 2 configuration or command line wrong."""
    hold_streams()
    try:
        result = program.main(arguments, prog_name=name, standalone_mode=False)
    except click.exceptions.Exit as stop:
        return int(stop.exit_code)
    except click.Abort:
        return say("Interrupted.", 1)
    except click.ClickException as wrong:
        wrong.show()
        return 2
    except Misconfigured as wrong:
        return say("\n".join(wrong.faults), 2)
    except Unavailable as trouble:
        return say(str(trouble), 1)
    except (OSError, MemoryError) as fault:
        return say(system_failure(fault), 1)
    return result if isinstance(result, int) else 0


def console() -> int:
    """The console command of an installed package; its shell completion is click's (docs/operator.md)."""
    return main(name="visions-pipeline")


def say(text: str, code: int) -> int:
    """One line per cause on standard error, and the exit code."""
    print(text, file=sys.stderr)
    return code
