"""`bench`: the benchmarks, in the private environment."""

import subprocess
import sys

import click

from pipeline.checks import ROOT, what_is_absent
from pipeline.failures import Misconfigured


@click.command("bench", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> int:
    """The product and what it is compared with, interleaved in one run; ARGUMENTS as `bench --help` lists them.

    Example: python3 run.py bench parse --rounds 5
    """
    if absent := what_is_absent(ROOT):
        raise Misconfigured(f"The benchmarks need a development copy of the program; {', '.join(absent)} not found.")
    return subprocess.run([sys.executable, "-m", "tests.benchmarks.run", *arguments], cwd=ROOT).returncode
