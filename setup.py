"""Puts into the package what lies beside it in the tree: templates, territories, example configuration."""

from setuptools import find_namespace_packages, setup

BESIDE = ("config", "config/calls", "config/territories", "mail_templates")
shipped = {f"pipeline.shipped.{folder.replace('/', '.')}": folder for folder in BESIDE}

setup(packages=[*find_namespace_packages(include=["pipeline*"]), *shipped], package_dir=shipped)
