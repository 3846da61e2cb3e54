"""Rows as a spreadsheet (.xlsx) and back, with openpyxl, which is an extra: ``handouts[xlsx]``.

Every cell is text: a value that begins with ``=``, ``+``, ``-`` or ``@`` is never a formula, neither as it is written
nor when a person edits it. Only the translation, its state and the comments can be written into; the sheet's
protection has no password, for it guards against slips and not against people.
"""

import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, Final

from handouts.errors import ContentError, UsageProblem
from handouts.exchange.rows import Row, read_base, read_id, read_state, refusal, trouble
from handouts.findings import Finding
from handouts.model.leaflet import Direction

MAX_UNPACKED: Final = 30_000_000
"""Bytes that a spreadsheet may unpack to; ours have 0.3 million."""

MAX_ROWS: Final = 20_000

_COLUMNS: Final = {
    "Key": 26,
    "English": 58,
    "Translation": 58,
    "State": 15,
    "Comments": 36,
    "Notes for translators": 44,
    "Base": 12,
}
"""The columns with their widths, in characters."""

_NEEDED: Final = ("Key", "English", "Translation", "State", "Comments", "Base")
_OPEN: Final = ("Translation", "State", "Comments")
_SHOWN: Final = ("machine draft", "translated", "reviewed", "needs work")
_HELP: Final = (
    "How to review",
    "Each row is one text of the leaflet: English on the left, the translation beside it.",
    "Write into three columns only: Translation, State, Comments. All others are locked.",
    "Words in {braces} are filled in later: keep them letter for letter. Keep <b> and </b> around the same words.",
    "State: reviewed = you have read it and stand for it. translated = a person has written or checked the words.",
    "State: needs work = somebody must look at it again. machine draft = nobody has checked it yet.",
    "Questions, and whatever is wrong with the English, go into Comments.",
    "Do not merge cells, add rows or use formulas. Sorting and filtering do no harm.",
    "Send the file back under any name. Only what you changed is taken over.",
)


def write_xlsx(rows: Iterable[Row], locale: str, direction: Direction) -> bytes:
    """Return a locale's rows as a workbook. Raises UsageProblem where openpyxl is not installed."""
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = locale
    sheet.append([*_COLUMNS])
    for place, row in enumerate(rows, 2):
        values = (row.id, row.source, row.text, row.state.replace("-", " "), row.comment, "\n".join(row.notes))
        for column, value in enumerate((*values, str(row.base)), 1):
            _write(sheet.cell(place, column), value)
    _dress(sheet, direction)
    _choices(sheet)
    guide = book.create_sheet("Read me")
    guide.column_dimensions["A"].width = 110
    for place, line in enumerate(_HELP, 1):
        _write(guide.cell(place, 1), line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read_xlsx(data: bytes, file: str) -> tuple[Row, ...]:
    """Return the rows of a workbook that was exported. ``file`` names it in messages.

    Raises ContentError, with a finding and row for each problem: no workbook, one that unpacks to too much, no sheet
    with our heads, merged cells, formulas, an unknown state; UsageProblem where openpyxl is not installed.
    """
    openpyxl = _openpyxl()
    _look_into(data, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of decorations that openpyxl does not keep
            book = openpyxl.load_workbook(BytesIO(data))
    except Exception as error:  # whatever a damaged part makes openpyxl stumble over
        raise refusal(file, "kind", "It is no .xlsx file that can be read.", "Save it again as .xlsx.") from error
    sheet, places = _sheet(book, file)
    problems = [*_merged_cells(sheet, file)]
    rows = []
    for line in sheet.iter_rows(min_row=2, max_col=max(places.values()) + 1):
        cells = {name: line[at] for name, at in places.items()}
        if all(cell.value is None for cell in cells.values()):
            continue
        problems += _unreadable(cells, line[0].row, file)
        rows.append(_row(cells, line[0].row))
    problems += [trouble(file, "key", "The key is no key.", row.place) for row in rows if not row.key]
    if problems:
        raise ContentError(f"{file} cannot be taken in.", "Mend what is listed.", problems)
    return tuple(rows)


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        hint = "Install it: pip install 'handouts[xlsx]'. Or use --format xliff."
        raise UsageProblem("Spreadsheets need openpyxl, which is not installed.", hint) from None
    return openpyxl


def _write(cell: Any, value: str) -> None:
    """Write text as text, whatever it begins with."""
    cell.value = value or None
    if value:
        cell.data_type = "s"
    cell.number_format = "@"  # what a person writes into it stays text, too
    cell.quotePrefix = value.startswith(("=", "+", "-", "@"))


def _dress(sheet: Any, direction: Direction) -> None:
    """Make the sheet fit to read: widths, wrapped lines, heads that stay, cells that are locked."""
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    for number, (name, width) in enumerate(_COLUMNS.items(), 1):
        column = sheet.column_dimensions[sheet.cell(1, number).column_letter]
        column.width = width
        column.hidden = name == "Base"
        order = (2 if direction == "rtl" else 1) if name == "Translation" else 0 if name == "Comments" else 1
        side = "right" if order == 2 else "left"
        set_as = Alignment(wrap_text=True, vertical="top", horizontal=side, readingOrder=order)
        for place in range(1, sheet.max_row + 1):
            cell = sheet.cell(place, number)
            cell.alignment = set_as
            cell.protection = Protection(locked=name not in _OPEN or place == 1)
            cell.number_format = "@"
        sheet.cell(1, number).font = Font(bold=True)
        sheet.cell(1, number).fill = PatternFill("solid", fgColor="FFE8EDF2")
    sheet.sheet_view.rightToLeft = direction == "rtl"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for allowed in ("formatColumns", "formatRows", "formatCells", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)  # the file format says what is forbidden
    sheet.protection.sheet = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _choices(sheet: Any) -> None:
    """Let the state be chosen from a list."""
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = DataValidation(type="list", formula1=f'"{",".join(_SHOWN)}"', allow_blank=True, showErrorMessage=True)
    choices.error, choices.errorTitle = "Choose one of the states in the list.", "State"
    at = [*_COLUMNS].index("State") + 1
    choices.add(f"{sheet.cell(1, at).column_letter}2:{sheet.cell(1, at).column_letter}{max(sheet.max_row, 2)}")
    sheet.add_data_validation(choices)


def _look_into(data: bytes, file: str) -> None:
    """Refuse what is no workbook, unpacks to too much, or declares entities, before openpyxl sees it."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > 1000:
                hint = "Save only the sheet that was exported, without pictures."
                raise refusal(file, "size", f"It unpacks to more than {MAX_UNPACKED // 1_000_000} MB.", hint)
            for part in parts:
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    told = packed.read(part)
                    if b"<!DOCTYPE" in told or b"<!ENTITY" in told or b"\0" in told:
                        raise refusal(file, "doctype", "A part of the file declares a document type of its own.")
    except ContentError:
        raise
    except Exception as error:  # zipfile and zlib have many ways to say so
        raise refusal(file, "kind", "It is no .xlsx file that can be read.", "Save it again as .xlsx.") from error


def _sheet(book: Any, file: str) -> tuple[Any, Mapping[str, int]]:
    """Return the sheet that has our heads, and where its columns are, from 0."""
    for sheet in book.worksheets:
        heads = [str(cell.value or "").strip().casefold() for cell in next(sheet.iter_rows(max_row=1), ())][:100]
        places = {name: heads.index(name.casefold()) for name in _NEEDED if name.casefold() in heads}
        if len(places) == len(_NEEDED):
            if sheet.max_row > MAX_ROWS:
                hint = "Delete the empty rows below the last one, and save it again."
                raise refusal(file, "size", f"The sheet has {sheet.max_row} rows.", hint)
            return sheet, places
    hint = f"Row 1 must have the heads {', '.join(_NEEDED)}, as they were exported."
    raise refusal(file, "sheet", f"No sheet is one that was exported: {', '.join(book.sheetnames)[:200]}.", hint, 1)


def _merged_cells(sheet: Any, file: str) -> Iterator[Finding]:
    for area in sheet.merged_cells.ranges:
        yield trouble(file, "merged", f"The cells {area} are merged.", area.min_row, "Undo it; the texts come back.")


def _unreadable(cells: Mapping[str, Any], place: int, file: str) -> Iterator[Finding]:
    """Give the cells of a row that hold no text."""
    for name, cell in cells.items():
        if cell.data_type == "f":
            yield trouble(file, "formula", f"{name} is a formula.", place, "Write the text itself.")
        elif cell.data_type == "e":
            yield trouble(file, "cell-error", f"{name} shows an error of the spreadsheet.", place, "Write the text.")
        elif cell.data_type in ("d", "b"):
            hint = "Format the cell as text, and write it again."
            yield trouble(file, "cell-kind", f"{name} is no text but a date or a truth value.", place, hint)
    if read_state(_text(cells["State"])) is None:
        hint = f"Choose one of {', '.join(_SHOWN)}."
        yield trouble(file, "state", f"The state “{_text(cells['State'])[:40]}” is not known.", place, hint)


def _row(cells: Mapping[str, Any], place: int) -> Row:
    domain, key = read_id(_text(cells["Key"]))
    return Row(
        domain=domain,
        key=key,
        source=_text(cells["English"]),
        text=_text(cells["Translation"]),
        state=read_state(_text(cells["State"])) or "",
        comment=_text(cells["Comments"]),
        base=read_base(_text(cells["Base"])),
        place=place,
    )


def _text(cell: Any) -> str:
    value = cell.value
    return "" if value is None else str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
