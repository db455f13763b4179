"""What must be true of the project as a whole: its commands, its safe start, its shape, its licences."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from streamlit import config

PROJECT = Path(__file__).resolve().parents[1]
START = "pip install -c constraints.txt -e . && streamlit run streamlit_app.py"
TEST = "pip install -c constraints.txt -e '.[test]' && pytest"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _flat(settings: dict[str, object], within: str = "") -> list[str]:
    """The names of all settings: `server.address`, `theme.light.textColor`."""
    names: list[str] = []
    for name, value in settings.items():
        names += _flat(value, f"{within}{name}.") if isinstance(value, dict) else [f"{within}{name}"]
    return names


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return [PROJECT / name for name in listed.stdout.splitlines() if (PROJECT / name).is_file()]


def test_the_readmes_two_commands_are_the_ones_that_ci_runs() -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    ci = (PROJECT / ".ci" / "run").read_text("utf-8")
    assert START in readme
    assert TEST in readme
    assert "pip install -c constraints.txt -e '.[test]'" in ci
    assert re.search(r"^pytest$", ci, re.MULTILINE)
    assert TEST in (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    installs = re.findall(r"pip install[^\n`]*", readme + ci)
    assert all(line.startswith("pip install -c constraints.txt -e ") for line in installs), installs


def test_every_dependency_is_pinned_in_the_constraints() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    pins = [line for line in (PROJECT / "constraints.txt").read_text("utf-8").splitlines() if "==" in line]
    pinned = {re.sub(r"[-_.]+", "-", line.partition("==")[0]).lower() for line in pins}
    missing = [name for name in wanted if re.sub(r"[-_.]+", "-", Requirement(name).name).lower() not in pinned]
    assert missing == []


def test_every_pin_is_one_that_the_project_allows() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = (PROJECT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {_plain(name): version for name, _, version in (line.partition("==") for line in lines) if version}
    for wanted in (*project["dependencies"], *project["optional-dependencies"]["test"]):
        requirement = Requirement(wanted)
        assert requirement.specifier.contains(pinned[_plain(requirement.name)]), wanted


def test_what_a_reader_of_the_repository_looks_for_is_there() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    changes = re.findall(r"^## (.+)$", (PROJECT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert changes[0] == "Unreleased" or changes[0].startswith(project["version"])
    assert (PROJECT / "LICENSE").read_text("utf-8").startswith(f"{project['license']} License")
    for name in re.findall(r"\]\(([\w./-]+)\)", (PROJECT / "README.md").read_text("utf-8")):
        assert (PROJECT / name).is_file(), name


def test_no_file_names_a_machine_or_a_registry() -> None:
    # Written apart, so that this file does not name them either.
    names = [
        "/" + "work/",
        "/" + "root/",
        "/tmp" + "/",
        "/home" + "/",
        "py" + "pi.org",
        "files.python" + "hosted",
        "registry.npm" + "js",
    ]
    found = []
    for path in _tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [(path.name, name) for name in names if name in text]
    assert found == []


def test_no_module_has_grown_a_second_job() -> None:
    modules = [*PROJECT.glob("simulator/**/*.py"), *PROJECT.glob("tests/**/*.py")]
    modules = [path for path in modules if path.parent.name != "versions"]  # a migration says what was, at any length
    long = {path.name: lines for path in modules if (lines := len(path.read_text("utf-8").splitlines())) > 400}
    long = {name: lines for name, lines in long.items() if not name.startswith("test_") and name != "generated.py"}
    assert long == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path.relative_to(PROJECT).as_posix()
        for path in PROJECT.glob("simulator/**/*.py")
        if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_the_app_starts_safely() -> None:
    settings = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text("utf-8"))
    wanted = {
        ("server", "address"): "localhost",
        ("server", "showEmailPrompt"): False,
        ("server", "fileWatcherType"): "none",
        ("browser", "gatherUsageStats"): False,
        ("client", "toolbarMode"): "minimal",
        ("client", "showErrorDetails"): "none",
        ("runner", "postScriptGC"): False,
        ("runner", "magicEnabled"): False,
    }
    assert {key: settings[key[0]][key[1]] for key in wanted} == wanted
    understood = config.get_config_options()
    unknown = [name for name in _flat(settings) if name not in understood]
    assert unknown == [], "this Streamlit does not know them, so they do nothing"


def test_nothing_the_product_needs_is_under_the_gpl() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting, seen, gpl = [Requirement(name).name for name in project["dependencies"]], set(), []
    while waiting:
        name = waiting.pop()
        if name.lower() in seen:
            continue
        seen.add(name.lower())
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # wanted on other platforms only
        # Some put a licence's whole text in the field; its first line is its name.
        named = (about.get("License-Expression") or about.get("License") or "").strip().partition("\n")[0]
        if any(re.search(r"(?<!L)GPL|GNU General Public", told) for told in (named, *about.get_all("Classifier", []))):
            gpl.append(name)
        for line in metadata.requires(name) or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                waiting.append(needed.name)
    assert gpl == []


def test_the_import_contracts_hold() -> None:
    checked = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_shipped_content_has_nothing_to_mend() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "simulator", "check", "--strict"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
