"""What leaves the house in a file: who is in it, what a reader elsewhere makes of it, and what nobody can learn."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest
from sqlalchemy import insert, update

from simulator.programme import export_files
from simulator.programme.export import Exported, export_cohort
from simulator.programme.export_files import ExcelFile, Form, harmless
from simulator.programme.export_tables import TABLES, Column, Kind, dictionary
from simulator.programme.pseudonyms import AsTheyAre, Pseudonyms
from simulator.records import exports
from simulator.records.access_log import Looked, looks_at
from simulator.records.assignments import Release
from simulator.records.cohort_results import CohortResults
from simulator.records.consents import Consent
from simulator.records.errors import NotAllowed, PersonMissing
from simulator.records.exports import CohortExports
from simulator.records.reviews import Step
from simulator.records.schema import person, result, ruling
from simulator.session.scoring import Level
from tests.people.conftest import Programme
from tests.programme.cohorts import NOON, MadeUp, story


def taken_out(here: Programme, who: str = "lead", *, form: Form = Form.CSV, pseudonymous: bool = False) -> bytes:
    """The archive that somebody takes out of cohort one."""
    file = io.BytesIO()
    export_cohort(
        CohortExports(here.store, here.clock),
        CohortResults(here.store),
        here.actors[who],
        here.cohorts_by_name["one"],
        form,
        file,
        pseudonymous=pseudonymous,
    )
    return file.getvalue()


def of_made_up(made: MadeUp, form: Form = Form.CSV, **otherwise: bool) -> tuple[Exported, zipfile.ZipFile]:
    """The archive of a made-up cohort."""
    file = io.BytesIO()
    told = export_cohort(CohortExports(made.store), CohortResults(made.store), made.lead, "c", form, file, **otherwise)  # type: ignore[arg-type]
    return told, zipfile.ZipFile(file)


def table(archive: bytes | zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    """A table of a CSV export as the csv module reads it."""
    file = archive if isinstance(archive, zipfile.ZipFile) else zipfile.ZipFile(io.BytesIO(archive))
    return list(csv.DictReader(io.StringIO(file.read(f"{name}.csv").decode("utf-8-sig"), newline="")))


def a_small_cohort(made: MadeUp) -> None:
    """Six people with one talk each, one with another that does not count, and one who has only begun."""
    task = made.set("walk", counts="last")
    with made.at_once():
        for number, who in enumerate(made.enrol(6)):
            made.does(who, story(), ["reflect", "ask", "advise", "judge"] * 2 if number % 2 else ["ask"] * 8, task)
        made.does("t000", story(), ["reflect"] * 8, task)
        made.does("t001", story(), ["reflect"] * 8, None)
        made.does("t002", story(), [], task, ended=False)


def test_what_a_cohort_did_for_its_assignments_is_in_it_and_practice_is_not(programme_of_two: Programme) -> None:
    here = programme_of_two
    task = here.set_tea(attempts_allowed=None)
    done = {here.does("trainee", task), here.does("fellow", task, warm=False)}
    here.does("trainee")
    shared = here.does("fellow")
    here.own_data.share(here.actors["fellow"], shared)
    other = here.set_tea("two", "other instructor")
    here.does("other trainee", other)
    archive = taken_out(here)
    assert {row["attempt"] for row in table(archive, "attempts")} == done
    for name in ("scores", "choices"):
        assert {row["attempt"] for row in table(archive, name)} == done
    assert {row["name"] for row in table(archive, "people")} == {"Tom", "Fay"}
    assert [row["assignment"] for row in table(archive, "assignments")] == [task]


@pytest.mark.parametrize("who", ["trainee", "fellow", "other instructor", "administrator", "guest", "stranger"])
def test_nobody_exports_a_cohort_that_is_not_theirs(programme_of_two: Programme, who: str) -> None:
    here = programme_of_two
    here.does("trainee", here.set_tea())
    with pytest.raises(NotAllowed):
        taken_out(here, who)
    assert Looked.EXPORTED not in {look.what for look in looks_at(here.store, here.actors["trainee"])}


@pytest.mark.parametrize("who", ["instructor", "lead"])
def test_everybody_concerned_can_read_who_took_it_out(programme_of_two: Programme, who: str) -> None:
    here = programme_of_two
    here.does("trainee", here.set_tea())
    taken_out(here, who, pseudonymous=True)
    for concerned in ("trainee", "fellow"):
        (look,) = [one for one in looks_at(here.store, here.actors[concerned]) if one.what is Looked.EXPORTED]
        assert (look.who, look.subject) == (here.actors[who].name, here.cohorts_by_name["one"])
        assert look.detail == "csv, pseudonymous"
    assert not looks_at(here.store, here.actors["other trainee"])


def test_what_one_person_did_concerns_that_person_alone(programme_of_two: Programme) -> None:
    here = programme_of_two
    task = here.set_tea()
    mine, _ = here.does("trainee", task), here.does("fellow", task)
    out, tom = CohortExports(here.store, here.clock), here.actors["trainee"]
    taken = out.take_out(here.actors["instructor"], here.cohorts_by_name["one"], "report", tom.person_id)
    assert [one.name for one in taken.people] == ["Tom"]
    assert [key.id for key in taken.attempts] == [mine]
    assert not looks_at(here.store, here.actors["fellow"])
    with pytest.raises(PersonMissing):
        out.take_out(
            here.actors["instructor"], here.cohorts_by_name["one"], "report", here.actors["other trainee"].person_id
        )


def test_scores_are_those_of_the_book_with_the_level_that_stands(programme_of_two: Programme) -> None:
    here = programme_of_two
    task = here.set_tea()
    tom, fay = here.does("trainee", task), here.does("fellow", task, warm=False)
    teacher = here.actors["instructor"]
    here.reviews.override(teacher, tom, "empathy", Level.NOT_YET, "It was too much.")
    with here.store.writing() as connection:  # Sam is too short a talk to determine anything
        connection.execute(update(result).where(result.c.attempt_id == tom).values(overall=1 / 3))
    archive = taken_out(here)
    rows = {row["attempt"]: row for row in table(archive, "scores")}
    cells = {row.name: row.cells["tea"] for row in here.book.page(teacher, task).rows}
    assert rows[tom]["overridden"] == "true"
    assert rows[tom]["standing_level"] == str(Level.NOT_YET.value) != rows[tom]["level"]
    standing = cells["Fay"].levels["empathy"]
    assert (rows[fay]["overridden"], rows[fay]["standing_level"]) == ("false", str(standing.value) if standing else "")
    overall = {row["attempt"]: row["overall"] for row in table(archive, "attempts")}
    for one, name in ((tom, "Tom"), (fay, "Fay")):
        kept = cells[name].overall
        assert overall[one] == ("" if kept is None else repr(kept))


def test_a_ruling_on_an_incident_is_told(cohort_of: MadeUp) -> None:
    a_small_cohort(cohort_of)
    shown = table(of_made_up(cohort_of)[1], "incidents")
    assert {(row["behaviour"], row["ruling"], row["repaired_at"]) for row in shown} == {("judges", "", "")}
    ruled = {"attempt_id": shown[0]["attempt"], "number": int(shown[0]["number"]), "behaviour": "judges"}
    with cohort_of.store.writing() as connection:
        for number, found in enumerate(("cleared", "confirmed")):
            connection.execute(
                insert(ruling).values(
                    id=str(number), programme_id="p", ruling=found, reason="So.", author_id="lead",
                    at=NOON + timedelta(minutes=number), **ruled,
                )
            )  # fmt: skip
    told = [row["ruling"] for row in table(of_made_up(cohort_of)[1], "incidents")]
    assert told == ["confirmed"] + [""] * (len(shown) - 1)


def test_the_attempt_that_counts_is_marked_and_one_that_goes_on_is_there(cohort_of: MadeUp) -> None:
    a_small_cohort(cohort_of)
    rows = table(of_made_up(cohort_of)[1], "attempts")
    told = {(row["person"], row["nth"]): (row["state"], row["counts"]) for row in rows}
    assert told["t000", "1"] == ("ended", "false") and told["t000", "2"] == ("ended", "true")
    assert told["t002", "1"] == ("ended", "true") and told["t002", "2"] == ("open", "false")
    assert len(rows) == 8


@pytest.mark.parametrize("release", Release)
def test_whether_feedback_is_open_is_told_as_its_trainee_finds_it(
    programme_of_two: Programme, release: Release
) -> None:
    here = programme_of_two
    done = here.does("trainee", here.set_tea(release=release))

    def as_told() -> bool:
        (row,) = table(taken_out(here), "attempts")
        assert (row["feedback_open"] == "true") is here.reviews.feedback_open(here.actors["trainee"], done)
        return row["feedback_open"] == "true"

    assert as_told() is (release is Release.AT_ONCE)
    if release is Release.BY_HAND:
        here.reviews.take_step(here.actors["instructor"], done, Step.RELEASED)
        here.reviews.take_step(here.actors["instructor"], done, Step.REOPENED, "Once more.")
    here.clock.pass_by(days=10)
    assert as_told()


def test_choices_say_what_was_offered_and_where_they_led(cohort_of: MadeUp) -> None:
    a_small_cohort(cohort_of)
    _, archive = of_made_up(cohort_of)
    choices = table(archive, "choices")
    drawn = {one.id: one for one in cohort_of.drawn}
    assert len(choices) == sum(len(one.decisions) for one in drawn.values())
    for row in choices:
        made = drawn[row["attempt"]].decisions[int(row["position"]) - 1]
        assert (row["node"], row["choice"]) == (made.node, made.choice)
        assert row["offered"].split() == sorted(made.offered)
        assert row["leads_to"] == ("done" if row["position"] == "8" else f"n{row['position']}")
    versions = {row["version"] for row in table(archive, "versions")}
    assert {row["version"] for row in choices} == versions == {row["version"] for row in table(archive, "items")}


def test_items_are_every_choice_with_its_words_and_points(cohort_of: MadeUp) -> None:
    a_small_cohort(cohort_of)
    told, archive = of_made_up(cohort_of)
    items = table(archive, "items")
    assert len(items) == 8 * 4 == told.rows["items"]
    assert items[0]["words"] == "I reflect."
    points = {(row["node"], row["choice"], row["criterion"]): row["points"] for row in table(archive, "points")}
    assert points["n0", "judge", "trust"] == "-3"
    statistics = [row for row in table(archive, "item_statistics") if row["criterion"] == "empathy"]
    assert {row["people"] for row in statistics} == {"6"}
    assert all(0 <= float(row["facility"]) <= 1 and row["item_rest"] == "" for row in statistics)


def test_that_somebody_met_the_equal_alternative_is_not_to_be_seen(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk")
    with cohort_of.at_once():
        first, *_ = cohort_of.enrol(3)
        cohort_of.does(first, story("other", 9), ["ask"] * 9, task, slot="walk")
        cohort_of.does("t001", story(), ["ask"] * 8, task)
    _, archive = of_made_up(cohort_of)
    assert [row["client"] for row in table(archive, "attempts")] == ["walk", "walk"]
    assert {row["scenario"] for row in table(archive, "versions")} == {"walk"}
    hidden = story("other", 9)
    for name in archive.namelist():
        told = archive.read(name).decode()
        assert hidden.scenario_hash not in told and hidden.meaning_hash not in told and "other" not in told.split(",")


def test_texts_that_a_spreadsheet_would_calculate_are_harmless(cohort_of: MadeUp) -> None:
    a_small_cohort(cohort_of)
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1"]
    with cohort_of.store.writing() as connection:
        for number, name in enumerate(hostile):
            connection.execute(update(person).where(person.c.id == f"t00{number}").values(name=name, reference=name))
    _, archive = of_made_up(cohort_of)
    people = {row["person"]: row for row in table(archive, "people")}
    for number, name in enumerate(hostile):
        assert people[f"t00{number}"]["name"] == people[f"t00{number}"]["reference"] == "'" + name
    _, workbook = of_made_up(cohort_of, Form.XLSX)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.read("export.xlsx")))["people"]
    cells = {row[0].value: row[1] for row in sheet.iter_rows(min_row=2)}
    for number in range(4):
        cell = cells[f"t00{number}"]
        assert (cell.value, cell.data_type, cell.quotePrefix) == (hostile[number], "s", True)


@pytest.mark.parametrize("text", ["=A1", "+A1", "-A1", "@A1", "\tA1", "\rA1", "\nA1", "＝A1"])
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == "'" + text
    assert harmless("A1" + text) == "A1" + text


def test_a_number_below_zero_stays_a_number(cohort_of: MadeUp) -> None:
    a_small_cohort(cohort_of)
    _, archive = of_made_up(cohort_of)
    points = pd.read_csv(io.BytesIO(archive.read("points.csv")))["points"]
    assert points.dtype == "int64" and points.min() == -3


def test_a_pseudonymised_export_holds_nothing_that_names_anybody(programme_of_two: Programme) -> None:
    here = programme_of_two
    task = here.set_tea()
    done = here.does("trainee", task)
    here.clock.pass_by(hours=3, minutes=7)
    with here.store.writing() as connection:
        connection.execute(update(person).where(person.c.name == "Tom").values(reference="S-4711"))
    archive = taken_out(here, pseudonymous=True)
    told = "".join(
        zipfile.ZipFile(io.BytesIO(archive)).read(name).decode("utf-8-sig")
        for name in zipfile.ZipFile(io.BytesIO(archive)).namelist()
    )
    for secret in ("Tom", "Fay", "S-4711", done, here.actors["trainee"].person_id, here.actors["fellow"].person_id):
        assert secret not in told
    (row,) = table(archive, "attempts")
    assert row["started_at"].endswith("T00:00:00Z")
    assert row["person"] in {one["person"] for one in table(archive, "people")}
    assert set(table(archive, "people")[0]) == {"person", "left", "research_consent"}


def test_pseudonyms_of_two_exports_have_nothing_in_common(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk")
    with cohort_of.at_once():
        for who in cohort_of.enrol(40):
            cohort_of.does(who, story(), ["ask"] * 8, task)
    archives = [of_made_up(cohort_of, pseudonymous=True)[1] for _ in range(2)]
    for name, column in (("people", "person"), ("attempts", "attempt"), ("choices", "attempt")):
        first, second = ([row[column] for row in table(archive, name)] for archive in archives)
        assert len(set(first)) == 40 and not set(first) & set(second)
        assert list(dict.fromkeys(first)) == sorted(set(first))  # so the order is no more than the pseudonyms'


def test_a_pseudonym_cannot_be_made_without_the_key() -> None:
    one, same, other = Pseudonyms(b"k" * 32), Pseudonyms(b"k" * 32), Pseudonyms()
    assert one.person("somebody") == same.person("somebody") != other.person("somebody")
    assert one.person("somebody")[2:] != one.attempt("somebody")[2:]
    assert AsTheyAre().person("somebody") == "somebody"


def test_consent_to_research_is_told_and_off_until_given(programme_of_two: Programme) -> None:
    here = programme_of_two
    here.consents.give(here.actors["trainee"], Consent.RESEARCH)
    agreed = {row["name"]: row["research_consent"] for row in table(taken_out(here), "people")}
    assert agreed == {"Tom": "true", "Fay": "false"}
    here.consents.withdraw(here.actors["trainee"], Consent.RESEARCH)
    assert {row["research_consent"] for row in table(taken_out(here), "people")} == {"false"}


def _as_pandas_reads_csv(archive: zipfile.ZipFile, name: str, _: Path) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(archive.read(f"{name}.csv")))


def _as_duckdb_reads_csv(archive: zipfile.ZipFile, name: str, folder: Path) -> pd.DataFrame:
    path = archive.extract(f"{name}.csv", folder)
    return duckdb.read_csv(path).df()


def _as_pandas_reads_parquet(archive: zipfile.ZipFile, name: str, _: Path) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(archive.read(f"{name}.parquet")))


def _as_duckdb_reads_parquet(archive: zipfile.ZipFile, name: str, folder: Path) -> pd.DataFrame:
    path = archive.extract(f"{name}.parquet", folder)
    return duckdb.read_parquet(path).df()


def _as_pandas_reads_excel(archive: zipfile.ZipFile, name: str, _: Path) -> pd.DataFrame:
    return pd.read_excel(io.BytesIO(archive.read("export.xlsx")), sheet_name=name)


def _as_openpyxl_reads_excel(archive: zipfile.ZipFile, name: str, _: Path) -> pd.DataFrame:
    book = openpyxl.load_workbook(io.BytesIO(archive.read("export.xlsx")))
    header, *rows = book[name].iter_rows(values_only=True)
    return pd.DataFrame(rows, columns=list(header))


@pytest.mark.parametrize(
    ("form", "opened"),
    [
        (Form.CSV, _as_pandas_reads_csv),
        (Form.CSV, _as_duckdb_reads_csv),
        (Form.PARQUET, _as_pandas_reads_parquet),
        (Form.PARQUET, _as_duckdb_reads_parquet),
        (Form.XLSX, _as_pandas_reads_excel),
        (Form.XLSX, _as_openpyxl_reads_excel),
    ],
)
def test_others_read_out_what_was_put_in(
    cohort_of: MadeUp, tmp_path: Path, form: Form, opened: Callable[..., pd.DataFrame]
) -> None:
    a_small_cohort(cohort_of)
    told, archive = of_made_up(cohort_of, form)
    for one in TABLES:
        frame = opened(archive, one.name, tmp_path)
        assert list(frame.columns) == [column.name for column in one.columns]
        assert len(frame) == told.rows[one.name]
    scores = opened(archive, "scores", tmp_path).set_index(["attempt", "criterion"])
    assert scores["overridden"].dtype == bool
    for one in cohort_of.drawn:
        for name, judged in one.card.criteria.items():
            if judged.n:
                row = scores.loc[one.id, name]
                assert row["n"] == judged.n
                assert row["score"] == pytest.approx(float(judged.score))  # type: ignore[arg-type]
                assert (row["low"], row["high"]) == pytest.approx(judged.interval)
    begun = pd.to_datetime(opened(archive, "attempts", tmp_path).set_index("attempt")["started_at"], utc=True)
    assert {one.id: begun[one.id].to_pydatetime() for one in cohort_of.drawn} == {
        one.id: one.started_at for one in cohort_of.drawn
    }


def test_duckdb_joins_the_tables_to_the_facility_of_a_decision(cohort_of: MadeUp, tmp_path: Path) -> None:
    a_small_cohort(cohort_of)
    _, archive = of_made_up(cohort_of, Form.PARQUET)
    archive.extractall(tmp_path)
    found = duckdb.sql(f"""
        select s.node, any_value(s.facility) as told, avg((p.points + 2) / 4.0) as worked_out
        from '{tmp_path}/choices.parquet' c
        join '{tmp_path}/attempts.parquet' a using (attempt)
        join '{tmp_path}/points.parquet' p using (version, node, choice)
        join '{tmp_path}/item_statistics.parquet' s using (version, node, criterion)
        where a.counts and p.criterion = 'empathy' group by s.node
    """).fetchall()
    assert len(found) == 8
    assert all(told == pytest.approx(worked_out) for _, told, worked_out in found)


def test_the_dictionary_tells_every_column_that_is_there_and_no_other(cohort_of: MadeUp) -> None:
    a_small_cohort(cohort_of)
    for pseudonymous in (False, True):
        _, archive = of_made_up(cohort_of, pseudonymous=pseudonymous)
        told = [(row["table"], row["column"]) for row in table(archive, "dictionary")]
        there = [(one.name, column) for one in TABLES for column in _header(archive, one.name)]
        assert told == there == [row[:3:2] for row in dictionary(pseudonymous)]
        assert [(row["table"], row["column"]) for row in json.loads(archive.read("dictionary.json"))["columns"]] == told
        assert all(row["meaning"] and row["type"] in set(Kind) for row in table(archive, "dictionary"))


def test_the_readme_names_every_version(cohort_of: MadeUp) -> None:
    a_small_cohort(cohort_of)
    _, archive = of_made_up(cohort_of)
    told, played = archive.read("README.txt").decode(), story()
    for name in (played.scenario_hash, played.meaning_hash, played.behaviours_hash, played.rubric_hash, "Northern"):
        assert name in told


def test_a_table_longer_than_a_sheet_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_files, "SHEET_ROWS", 4)
    for rows, sheets in ((0, ["t"]), (3, ["t"]), (4, ["t", "t 2"]), (7, ["t", "t 2", "t 3"])):
        book = ExcelFile()
        assert book.write("t", (Column("n", Kind.INTEGER, "A number."),), ((n,) for n in range(rows))) == rows
        book.save(tmp_path / "book.xlsx")
        read = openpyxl.load_workbook(tmp_path / "book.xlsx")
        assert read.sheetnames == sheets
        assert [row[0] for sheet in read for row in sheet.iter_rows(2, values_only=True)] == list(range(rows))


@pytest.mark.parametrize("form", [Form.CSV, Form.PARQUET])
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, form: Form) -> None:
    columns = (Column("n", Kind.INTEGER, "A number."), Column("text", Kind.TEXT, "Some text."))
    peaks = []
    for rows in (40_000, 200_000):
        with (
            zipfile.ZipFile(tmp_path / f"{rows}.zip", "w") as archive,
            export_files.table_files(archive, form, tmp_path) as files,
        ):
            tracemalloc.start()
            assert files.write("t", columns, ((n, f"text {n}") for n in range(rows))) == rows
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + 100_000


def test_what_is_read_in_portions_comes_out_the_same(cohort_of: MadeUp, monkeypatch: pytest.MonkeyPatch) -> None:
    a_small_cohort(cohort_of)
    whole = [table(of_made_up(cohort_of)[1], one.name) for one in TABLES]
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    assert [table(of_made_up(cohort_of)[1], one.name) for one in TABLES] == whole


def test_an_export_with_nothing_in_it_still_opens(cohort_of: MadeUp, tmp_path: Path) -> None:
    for form in Form:
        told, archive = of_made_up(cohort_of, form)
        assert told.attempts == 0 and set(told.rows.values()) == {0}
        if form is Form.PARQUET:
            assert pd.read_parquet(io.BytesIO(archive.read("attempts.parquet"))).empty


def _header(archive: zipfile.ZipFile, name: str) -> list[str]:
    return next(csv.reader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig"), newline="")))
