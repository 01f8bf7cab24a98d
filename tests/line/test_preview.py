"""`preview`, as a person runs it, and the page in a browser without network."""

import re
import shutil
import subprocess
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from pipeline.demo.post_bag import AROUND_CLOSING, BEFORE_CLOSING
from pipeline.demo.staff import MEETINGS, type_into
from tests.builders import a_call
from tests.conftest import needs
from tests.line.house import House

CALL = a_call()
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture
def previewed(house: House) -> House:
    """Two candidatures; a convocation that may leave, a refusal that may not; nothing carried in yet."""
    house.deliver(BEFORE_CLOSING[1:2] + AROUND_CLOSING[1:])
    assert house.once().returncode == 0
    asked = {"V21-001": {"decision": "Retenu", "request": "Convocation"}, "V21-002": {"request": "Non retenu"}}
    type_into(house.tracker, CALL, "candidatures", asked)
    type_into(house.tracker, CALL, "reunions", MEETINGS)
    return house


def page_of(house: House) -> Path:
    return house.folder / "sheets" / CALL.code / "apercu.html"


def test_the_preview_shows_every_letter_and_changes_nothing(previewed: House) -> None:
    before, sent, tracker = previewed.export(), len(previewed.sink.taken), previewed.tracker.path(CALL).read_bytes()
    done = previewed.run("preview", now="2017-03-02T10:00")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"2 letters that would leave: {page_of(previewed)}\n"
    page = page_of(previewed).read_text("utf-8")
    assert re.findall(r"<h2>(.*?)</h2>", page) == ["V21-001 – Convocation", "V21-002 – Non retenu"]
    assert "La colonne Décision doit indiquer « Non retenu » (elle est vide)." in page
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", page)

    mails = sorted(path.name for path in (page_of(previewed).parent / "apercu").iterdir())
    assert mails == ["01 V21-001 Convocation.eml", "02 V21-002 Non retenu.eml"]
    convocation = message_from_bytes((page_of(previewed).parent / "apercu" / mails[0]).read_bytes(), policy=default)
    assert [part.get_filename() for part in convocation.iter_attachments()] == [
        "invite-prep-1.ics",
        "invite-prep-2.ics",
    ]

    after = previewed.export()
    assert {key: value for key, value in after.items() if key != "exported_at"} == {
        key: value for key, value in before.items() if key != "exported_at"
    }
    assert (len(previewed.sink.taken), previewed.tracker.path(CALL).read_bytes()) == (sent, tracker)


def test_the_next_preview_takes_away_what_no_longer_leaves(previewed: House) -> None:
    previewed.run("preview", now="2017-03-02T10:00")
    type_into(previewed.tracker, CALL, "candidatures", {"V21-002": {"request": None}})
    assert previewed.run("preview", now="2017-03-02T10:00").returncode == 0
    beside = page_of(previewed).parent / "apercu"
    assert [path.name for path in beside.iterdir()] == ["01 V21-001 Convocation.eml"]


def test_the_page_filters_in_a_browser(previewed: House) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    needs(browser, "Chromium", "chromium")
    previewed.run("preview", now="2017-03-02T10:00")
    assert shown(str(browser), page_of(previewed), "") == (
        "2 courriers",
        ["V21-001 – Convocation", "V21-002 – Non retenu"],
    )
    assert shown(str(browser), page_of(previewed), "#courrier=Convocation") == ("1 courrier", ["V21-001 – Convocation"])
    assert shown(str(browser), page_of(previewed), "#etat=bloqué") == ("1 courrier", ["V21-002 – Non retenu"])
    assert shown(str(browser), page_of(previewed), "#courrier=Convocation&etat=bloqué") == ("0 courrier", [])


def shown(browser: str, page: Path, fragment: str) -> tuple[str, list[str]]:
    """The count that the page tells, and the letters that are not hidden."""
    profile = page.parent / "profil"
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}", "--dump-dom",
         f"{page.as_uri()}{fragment}"],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    count = re.search(r'<span id="count"[^>]*>(.*?)</span>', done.stdout)
    articles = re.findall(r"<article([^>]*)>.*?<h2>(.*?)</h2>", done.stdout, re.DOTALL)
    return count[1] if count else done.stderr, [title for head, title in articles if "hidden" not in head]


MEASURE = """<script>
addEventListener("load", () => setTimeout(() => {
  const frames = [...document.querySelectorAll("iframe")];
  const hidden = (one) => one.contentDocument.documentElement.scrollHeight - one.clientHeight;
  document.body.innerHTML = "<pre>" + frames.map(hidden).join(" ") + "</pre>";
}, 500));
</script></body>"""


@pytest.mark.parametrize("width", [1000, 500])
def test_a_letter_is_seen_whole_in_its_frame(previewed: House, tmp_path: Path, width: int) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    needs(browser, "Chromium", "chromium")
    previewed.run("preview", now="2017-03-02T10:00")
    page = page_of(previewed).read_text("utf-8")
    # The frames opened for once, so that the page can measure what they hold.
    opened = re.sub(r"<meta http-equiv[^>]*>|<script>.*?</script>", "", page, flags=re.DOTALL).replace(
        "<iframe sandbox ", "<iframe "
    )
    measured = tmp_path / "measured.html"
    measured.write_text(opened.replace("</body>", MEASURE), encoding="utf-8")
    done = subprocess.run(
        [str(browser), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profil'}",
         f"--window-size={width},900", "--virtual-time-budget=6000", "--dump-dom", measured.as_uri()],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    found = re.search(r"<pre>([-\d ]+)</pre>", done.stdout)
    assert found, done.stderr
    assert [int(one) <= 0 for one in found[1].split()] == [True, True]
