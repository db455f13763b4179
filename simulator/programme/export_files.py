"""Tables into files: CSV, Excel, Parquet. Rows come one after the other and are not kept."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, Protocol

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]

from simulator.programme.export_tables import Cell, Cells, Column, Kind

BOM = "\ufeff"
"""Excel reads a CSV file as UTF-8 only where it begins with this; pandas and DuckDB pass over it."""

FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula (OWASP, CSV Injection), also in its wide forms."""

SHEET_ROWS = 1_048_576
"""Rows that a sheet of Excel has."""

ROW_GROUP = 20_000
"""Rows of a Parquet file that are written together."""


class Form(StrEnum):
    """Formats of the tables."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


class TableFiles(Protocol):
    """Where tables are written to, one after the other."""

    def write(self, name: str, columns: tuple[Column, ...], rows: Iterable[Cells]) -> int:
        """Write a table. Gives how many rows it has."""


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before it where it begins like one."""
    return "'" + text if text.startswith(FORMULA_BEGINS) else text


def csv_cell(cell: Cell) -> str:
    """A cell of a CSV file. Only texts are made harmless; a number below zero is a number."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return harmless(cell) if isinstance(cell, str) else repr(cell)


def write_csv(file: IO[str], header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> int:
    """CSV as in RFC 4180: commas, quotes where needed, lines that end in CR LF. Gives how many rows there are."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in header])
    count = 0
    for row in rows:
        writer.writerow([csv_cell(cell) for cell in row])
        count += 1
    return count


class CsvFiles:
    """Each table a CSV file in the archive."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def write(self, name: str, columns: tuple[Column, ...], rows: Iterable[Cells]) -> int:
        """Write a table straight into the archive."""
        with (
            self._archive.open(f"{name}.csv", "w", force_zip64=True) as raw,
            io.TextIOWrapper(raw, "utf-8", newline="", write_through=False) as file,
        ):
            file.write(BOM)
            return write_csv(file, (column.name for column in columns), rows)


class ParquetFiles:
    """Each table a Parquet file in the archive, its columns typed and told about in their metadata."""

    def __init__(self, archive: zipfile.ZipFile, folder: Path) -> None:
        self._archive = archive
        self._folder = folder

    def write(self, name: str, columns: tuple[Column, ...], rows: Iterable[Cells]) -> int:
        """Write a table, so many rows at a time."""
        schema = pa.schema([_field(column) for column in columns])
        path = self._folder / f"{name}.parquet"
        count = 0
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            left = iter(rows)
            while portion := tuple(islice(left, ROW_GROUP)):
                arrays = [
                    pa.array(values, field.type)
                    for values, field in zip(zip(*portion, strict=True), schema, strict=True)
                ]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
                count += len(portion)
        self._archive.write(path, path.name, compress_type=zipfile.ZIP_STORED)
        path.unlink()
        return count


class ExcelFile:
    """Each table a sheet of one workbook; several sheets where it is too long for one."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)

    def write(self, name: str, columns: tuple[Column, ...], rows: Iterable[Cells]) -> int:
        """Write a table."""
        header, count, number = [column.name for column in columns], 0, 0
        left = iter(rows)
        while (first := next(left, None)) is not None or number == 0:
            number += 1
            sheet = self._book.create_sheet(name if number == 1 else f"{name} {number}")
            sheet.freeze_panes = "A2"
            sheet.append(header)
            if first is None:
                break
            for row in chain((first,), islice(left, SHEET_ROWS - 2)):
                sheet.append([_excel_cell(sheet, cell) for cell in row])
                count += 1
        return count

    def save(self, path: Path) -> None:
        """Write the workbook."""
        self._book.save(path)


@contextmanager
def table_files(archive: zipfile.ZipFile, form: Form, folder: Path) -> Iterator[TableFiles]:
    """Where the tables of an export go; a workbook is put into the archive at the end. `folder` is for passing use."""
    if form is Form.CSV:
        yield CsvFiles(archive)
    elif form is Form.PARQUET:
        yield ParquetFiles(archive, folder)
    else:
        book = ExcelFile()
        yield book
        path = folder / "export.xlsx"
        book.save(path)
        archive.write(path, path.name, compress_type=zipfile.ZIP_STORED)


def _field(column: Column) -> Any:
    types = {
        Kind.TEXT: pa.string(),
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.YES_NO: pa.bool_(),
        Kind.MOMENT: pa.timestamp("us", tz="UTC"),
    }
    return pa.field(column.name, types[column.kind], metadata={"meaning": column.meaning, "unit": column.unit})


def _excel_cell(sheet: Any, cell: Cell) -> Any:
    """A cell of a sheet. A text that begins like a formula is kept as a text, also when somebody edits it."""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).replace(tzinfo=None)  # Excel knows no zones
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", cell)
    if not text.startswith((*FORMULA_BEGINS, "#")):
        return text
    kept = WriteOnlyCell(sheet, text)
    kept.data_type = "s"
    kept.quotePrefix = True
    return kept
