"""`worker`: cycles for ever."""

import click

from pipeline.commands.office import configured, opened_office, poll_minutes
from pipeline.commands.once import told, watched_cycle
from pipeline.failures import Misconfigured
from pipeline.schedule import Rounds


@click.command("worker")
@click.pass_context
def command(context: click.Context) -> int:
    """Cycles every [schedule] poll_minutes, until SIGTERM or Ctrl-C; ends cleanly after the cycle under way.

    Example: python3 run.py worker
    """
    refused: list[Misconfigured] = []
    state = configured(context.obj).settings.paths.state
    with opened_office(context.obj, alone=True) as office:
        rounds = Rounds(poll_minutes(context.obj))

        def one_round() -> None:
            try:
                told(watched_cycle(office, state))
            except Misconfigured as wrong:
                refused.append(wrong)
                rounds.stop()
            finally:
                office.mailbox.close()
                office.postman.close()

        rounds.obey_signals()
        rounds.every_round(one_round)
        rounds.run()
    if refused:
        raise refused[0]
    return 0
