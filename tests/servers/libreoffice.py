"""LibreOffice without a window, with a profile of its own: files saved again, or in another format."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

XLSX = "xlsx:Calc MS Excel 2007 XML"
SECONDS = 120.0


def libreoffice() -> str | None:
    """Its command; None when it is not installed."""
    return shutil.which("soffice")


def converted(paths: Sequence[Path], into: Path, profile: Path, to: str = XLSX, seconds: float = SECONDS) -> list[Path]:
    """The files that it wrote into a folder, named as the given ones with the new ending. TimeoutExpired."""
    command = ["soffice", f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", to, "--outdir", str(into), *map(str, paths)]
    subprocess.run(command, capture_output=True, timeout=seconds)
    ending = to.partition(":")[0]
    return [made for path in paths if (made := into / f"{path.stem}.{ending}").exists()]
