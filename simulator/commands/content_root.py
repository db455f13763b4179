"""Where the content stands that a command works on."""

from __future__ import annotations

import os
from pathlib import Path

from simulator.content.library import Library, load_beside, load_library


def default_root() -> Path:
    """The folder that holds `scenarios/` and `rubrics/`.

    SIMULATOR_LIBRARY if set; else the present folder or the nearest above it that has both; else the folder the
    program was installed from.
    """
    chosen = os.environ.get("SIMULATOR_LIBRARY")
    if chosen:
        return Path(chosen)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "rubrics").is_dir() and (folder / "scenarios").is_dir():
            return folder
    return installed_root()


def installed_root() -> Path:
    """The folder the program was installed from, with the content that it comes with."""
    return Path(__file__).resolve().parents[2]


def library_at(root: Path) -> Library:
    """The library in a folder; scenarios without rubrics beside them are judged by those of the present library."""
    if (root / "rubrics").is_dir():
        return load_library(root)
    return load_library(root, judged_by=load_library(default_root()))


def library_for(named: str) -> tuple[Library, str]:
    """The library and the scenario's id in it, from an id or the path of a file."""
    path = Path(named)
    if path.suffix != ".yaml" and "/" not in named:
        return load_library(default_root()), named
    path = path.absolute()
    if path.parent.name == "scenarios" and (path.parent.parent / "rubrics").is_dir():
        return load_library(path.parent.parent), path.stem
    return load_beside(path, load_library(default_root())), path.stem
