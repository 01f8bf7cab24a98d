"""`test`: the checks and the tests, in the private environment."""

import click

from pipeline.checks import run_checks


@click.command("test", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> int:
    """Format, lint, types, then pytest with ARGUMENTS.

    Example: python3 run.py test tests/core
    """
    return run_checks(list(arguments))
