"""`worker`: cycles for ever."""

import click

import pipeline.commands.all_at_once  # noqa: F401 - what its cycles will need
from pipeline.commands.office import configured, heartbeat, opened_office
from pipeline.commands.once import told, watched_cycle
from pipeline.failures import Misconfigured
from pipeline.schedule import News, Rounds, seconds_to_next


@click.command("worker")
@click.pass_context
def command(context: click.Context) -> int:
    """Cycles as mail comes, and every [schedule] poll_minutes, until SIGTERM or Ctrl-C; the cycle under way is ended.

    Example: python3 run.py worker
    """
    refused: list[Misconfigured] = []
    settings = configured(context.obj).settings
    with opened_office(context.obj, alone=True) as office:
        rounds = Rounds(settings.schedule.poll_minutes, News(office.mailbox, settings.schedule.idle).wait)
        alive = heartbeat(context.obj)

        def a_round() -> float:
            try:
                told(watched_cycle(office, settings.paths.state), alive, quiet=True)
                return seconds_to_next(office)
            except Misconfigured as wrong:
                refused.append(wrong)
                rounds.stop()
                return 0.0
            finally:
                office.postman.close()

        rounds.obey_signals()
        rounds.run(a_round)
    if refused:
        raise refused[0]
    return 0
