"""The one function through which interface text passes, and the template from which translations are made."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from simulator import translation
from tests.pages.bracketed import Bracketed

PROJECT = Path(__file__).resolve().parents[1]
TEMPLATE = PROJECT / "simulator" / "locale" / "simulator.pot"


@pytest.fixture(autouse=True)
def _in_english_afterwards() -> Iterator[None]:
    yield
    translation.use(None)


@pytest.fixture
def in_welsh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Puts the beginnings of a Welsh translation in place, and chooses it when called."""
    catalogue = Catalog("cy", domain="simulator")
    catalogue.add("Clients", "Cleientiaid")
    catalogue.add(("{n} turn", "{n} turns"), ("dim tro", "un tro", "{n} dro", "{n} thro", "{n} tro", "{n} o droeon"))
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "simulator.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(translation, "LOCALE_FOLDER", tmp_path)
    monkeypatch.setenv("SIMULATOR_LANGUAGE", "cy")
    return lambda: translation.use(None)


def test_without_a_language_the_source_is_shown() -> None:
    assert translation.translate("Clients") == "Clients"
    assert [translation.translate_plural("{n} turn", "{n} turns", n) for n in (0, 1, 2)] == [
        "0 turns",
        "1 turn",
        "2 turns",
    ]


def test_the_environment_names_the_language(in_welsh: Callable[[], None]) -> None:
    in_welsh()
    assert translation.translate("Clients") == "Cleientiaid"


def test_what_a_translation_lacks_is_shown_in_english(in_welsh: Callable[[], None]) -> None:
    in_welsh()
    assert translation.translate("Progress") == "Progress"


def test_a_plural_has_as_many_forms_as_its_language(in_welsh: Callable[[], None]) -> None:
    in_welsh()
    told = {translation.translate_plural("{n} turn", "{n} turns", n) for n in range(12)}
    assert "un tro" in told
    assert "3 thro" in told
    assert len({re.sub(r"\d+", "", form) for form in told}) >= 5


@pytest.mark.parametrize("language", ["tlh", "", "no such language", "../../elsewhere", "en"])
def test_a_language_that_there_is_not_leaves_english(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMULATOR_LANGUAGE", language)
    translation.use(None)
    assert translation.translate("Clients") == "Clients"


def test_a_test_can_put_a_language_of_its_own_in_place() -> None:
    translation.use(Bracketed())
    assert translation.translate("Clients") == "⟦Clients⟧"
    assert translation.translate_plural("{n} turn", "{n} turns", 3) == "⟦3 turns⟧"
    translation.use(None)
    assert translation.translate("Clients") == "Clients"


def _documented_command() -> list[str]:
    """The command at the head of babel.cfg."""
    lines = [line.removeprefix("#").strip() for line in (PROJECT / "babel.cfg").read_text("utf-8").splitlines()]
    first = next(number for number, line in enumerate(lines) if line.startswith("pybabel extract"))
    command = lines[first]
    while command.endswith("\\"):
        first += 1
        command = command.removesuffix("\\") + lines[first]
    return shlex.split(command)


def _ids(template: bytes) -> set[object]:
    return {message.id for message in read_po(BytesIO(template)) if message.id}


def test_the_template_is_what_the_documented_command_makes(tmp_path: Path) -> None:
    command = _documented_command()
    command[command.index("-o") + 1] = str(tmp_path / "fresh.pot")
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", *command[1:]], cwd=PROJECT, capture_output=True, check=True
    )
    fresh, kept = _ids((tmp_path / "fresh.pot").read_bytes()), _ids(TEMPLATE.read_bytes())
    assert fresh == kept, "renew the template; the head of babel.cfg says how"
    assert len([one for one in kept if isinstance(one, tuple)]) >= 5, "plurals are not extracted as such"


def test_the_template_changes_only_with_the_texts() -> None:
    text = TEMPLATE.read_text("utf-8")
    for noise in ("#:", "POT-Creation-Date", "fuzzy", "Generated-By"):
        assert noise not in text


def test_every_message_names_its_values_so_that_a_translation_may_reorder_them() -> None:
    for message in read_po(BytesIO(TEMPLATE.read_bytes())):
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        for form in forms:
            assert not re.search(r"\{(\d*|[:!][^}]*)\}|%[sd(]", form), form


def test_the_files_of_translations_are_installed_with_the_package() -> None:
    text = (PROJECT / "pyproject.toml").read_text("utf-8")
    assert '"**/*.mo"' in text and '"**/*.po"' in text
