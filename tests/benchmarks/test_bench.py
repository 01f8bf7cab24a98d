"""Every benchmark runs once, small: the harness is right, whatever the times."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import reporting, run
from tests.benchmarks.measuring import Goal, Outcome, Rounds, Run, Scale
from tests.conftest import needs
from tests.servers.dovecot import dovecot_program

WITHOUT_DOVECOT = {"parse", "tracker", "send"}


@pytest.mark.parametrize("name", run.NAMES)
def test_a_benchmark_runs_and_every_contender_did_its_work(name: str) -> None:
    if name not in WITHOUT_DOVECOT:
        needs(dovecot_program(), "Dovecot", "dovecot-imapd")
    outcome = run.benchmark(name, Scale(small=True, rounds=1))
    assert outcome.title == name
    assert all(run.seconds > 0 for runs in outcome.rounds.runs.values() for run in runs)
    assert set(outcome.units) <= set(outcome.rounds.runs)


def an_outcome() -> Outcome:
    rounds = Rounds({"ours": [Run(2.0, 1.0, 50.0, {"sent": 4})] * 2, "theirs": [Run(6.0, 5.0, 90.0)] * 2})
    goals = (Goal("≥ 2 ×", rounds.ratio("theirs", "ours"), at_least=2), Goal("≤ 1 MB", 2.0, at_most=1))
    return Outcome("letters", "4 letters", rounds, goals, {"ours": 4})


def test_the_table_says_medians_ratios_and_whether_a_goal_is_met() -> None:
    said = "\n".join(reporting.lines(reporting.saved_form(an_outcome())))
    assert "| ours | 2.000 | 500.00 | 1.000 | 50 | 1.00–1.00 | sent 4 |" in said
    assert "| ≥ 2 × | 3.00 | yes |" in said
    assert "| ≤ 1 MB | 2.00 | NO |" in said


def test_a_ratio_is_the_median_of_those_of_the_rounds() -> None:
    rounds = Rounds({"a": [Run(s, s, 0) for s in (1, 8, 9)], "b": [Run(s, s, 0) for s in (1, 2, 9)]})
    assert rounds.ratio("a", "b") == 1


def test_the_page_is_written_from_saved_figures_and_keeps_what_people_wrote(tmp_path: Path) -> None:
    saved, page = tmp_path / "figures.json", tmp_path / "performance.md"
    reporting.save(saved, reporting.saved_form(an_outcome()), ("python3 run.py bench", "letters"))
    page.write_text(f"old\n{reporting.BY_PEOPLE}Where the time goes.\n", "utf-8")
    reporting.write_report(saved, page)
    reporting.write_report(saved, page)
    text = page.read_text("utf-8")
    assert "old" not in text and text.count("Where the time goes.") == 1
    assert "python3 run.py bench letters" in text and "## letters" in text
    assert json.loads(saved.read_text("utf-8"))["letters"]["at"] in text


def test_an_unknown_benchmark_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run.main(["nonsense"])
    assert "there is no benchmark nonsense" in capsys.readouterr().err
