"""`test`: the checks and the tests, in the private environment."""

import click

from pipeline.checks import run_checks


@click.command("test", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> int:
    """Format, lint, types, then pytest with ARGUMENTS (`test -- --help` for pytest's own).

    Example: python3 run.py test tests/core
    """
    return run_checks(list(arguments))
