"""Where what is shipped lies: in the tree as it was cloned, or beside this file once it was installed as a package."""

from pathlib import Path

TREE = Path(__file__).parents[1]
INSTALLED = Path(__file__).parent / "shipped"  # what setup.py puts there


def shipped(name: str) -> Path:
    """A file or folder that is shipped: "mail_templates", "config/territories" …"""
    return TREE / name if _in_the_tree() else INSTALLED / name


def own_folder(name: str) -> Path:
    """Where the program writes without a configuration (the demo): in the tree, else where it was called."""
    return (TREE if _in_the_tree() else Path.cwd()) / name


def _in_the_tree() -> bool:
    return (TREE / "pyproject.toml").exists()
