"""Whether a folder lies on a network share, where SQLite's write-ahead log does not hold its promises."""

from pathlib import Path

MOUNTS = Path("/proc/self/mounts")  # Linux; elsewhere only the Windows form of a share is known
SHARES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs", "fuse.davfs", "davfs"})


def network_share(folder: Path, mounts: Path = MOUNTS) -> str:
    """The kind of network file system that `folder` lies on ("nfs4", "cifs" …), "" for a disk of this machine."""
    place = folder.resolve()
    if place.as_posix().startswith("//"):
        return "a Windows share"
    try:
        lines = [line.split() for line in mounts.read_text(errors="replace").splitlines()]
    except OSError:
        return ""
    around = {fields[1].replace("\\040", " "): fields[2] for fields in lines if len(fields) > 2}
    nearest = next((str(parent) for parent in (place, *place.parents) if str(parent) in around), "")
    kind = around.get(nearest, "")
    return kind if kind in SHARES else ""
