"""The folder of the reference list: read once, and a damaged file is said plainly."""

import gzip
import shutil
from pathlib import Path

import pytest

from pipeline.adapters.gazetteer import Gazetteer
from pipeline.failures import Misconfigured

SHIPPED = Path(__file__).parents[2] / "config" / "territories"
REMEDY = "put back the folder config/territories as it was shipped"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "territories"
    shutil.copytree(SHIPPED, copy)
    return copy


def test_the_shipped_list_counts_what_its_source_counts() -> None:
    territories = Gazetteer(SHIPPED).territories()
    kinds = [row["type"] for row in territories.regional.by_siren.values()]
    assert (kinds.count("COM"), kinds.count("CC"), kinds.count("CA"), kinds.count("DEP")) == (3782, 64, 25, 5)
    assert (len(territories.france.by_insee), len(territories.departements_by_code)) == (34_969, 95)


def test_the_list_is_read_once() -> None:
    gazetteer = Gazetteer(SHIPPED)
    assert gazetteer.territories() is gazetteer.territories()
    assert gazetteer.territories().france is gazetteer.territories().france


def test_missing_files_are_named_all_at_once(folder: Path) -> None:
    (folder / "domains.csv").unlink()
    (folder / "national.csv.gz").unlink()
    with pytest.raises(Misconfigured) as raised:
        Gazetteer(folder).territories()
    assert raised.value.faults == (
        f"{folder / 'national.csv.gz'}: the file is missing; {REMEDY}",
        f"{folder / 'domains.csv'}: the file is missing; {REMEDY}",
    )


def test_a_folder_that_does_not_exist_is_a_wrong_configuration(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="hauts_de_france.csv: the file is missing"):
        Gazetteer(tmp_path / "nowhere").territories()


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("domains.csv", b"", "no column domain, siren, insee, evidence"),
        ("domains.csv", b"domain,siren,insee,name,use,evidence\n", "no row"),
        ("domains.csv", b"domain,siren\nx.fr,1\n", "no column insee, evidence"),
        ("epci_history.csv", b"old_siren,old_name,siren,population_share\n1,2\n", "cannot be read"),
        ("hauts_de_france.csv", b"\xff\xfe\x00", "cannot be read"),
    ],
)
def test_a_damaged_file_is_named_with_its_fault(folder: Path, name: str, content: bytes, what: str) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(Misconfigured) as raised:
        Gazetteer(folder).territories()
    (fault,) = raised.value.faults
    assert fault.startswith(f"{folder / name}: {what}")
    assert fault.endswith(REMEDY)


@pytest.mark.parametrize(
    "content",
    [b"no gzip", gzip.compress(b"siren,insee\n1,2\n"), gzip.compress(b"x" * 99)[:20]],
    ids=["no gzip", "a column is missing", "cut short"],
)
def test_a_damaged_list_of_france_is_said_when_a_name_is_looked_up(folder: Path, content: bytes) -> None:
    (folder / "national.csv.gz").write_bytes(content)
    territories = Gazetteer(folder).territories()
    with pytest.raises(Misconfigured, match="national.csv.gz"):
        territories.named("COM", "lille")
