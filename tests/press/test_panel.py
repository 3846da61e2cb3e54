"""The personal panel: what it prints, what it refuses, and that findings tell nothing of a person."""

import unicodedata

import pytest
from setting import PANEL, documents, forme

from handouts.check.preflight import preflight
from handouts.errors import ContentError
from handouts.press.alone import single
from handouts.press.jobs import Panel
from handouts.press.values import NOTE_LIMIT

NAMES = {
    "en": "Zoë O’Connor-Müller",
    "es": "Íñigo Ibáñez Núñez",
    "ar": "محمد عبد الله الأحمد",
    "fa": "می‌نا حسینی",
    "ur": "محمد علی قریشی",
    "hi": "अनीता श्रीवास्तव 24",
    "bn": "মোহাম্মদ আলী",
    "ta": "கவிதா சுப்பிரமணியம்",
    "th": "สมชาย ใจดี",
    "zh-Hans": "欧阳娜娜",
    "ja": "山田 太郎",
    "ko": "김민준",
    "ru": "Щербакова Юлия 2",
    "el": "Γεώργιος Παπαδόπουλος",
    "vi": "Nguyễn Thị Hồng Nhung",
}


@pytest.mark.parametrize("locale", NAMES)
def test_names_in_the_scripts_of_leaflets_are_read_out_as_they_were_written(locale: str) -> None:
    name = NAMES[locale]
    assert forme(locale).desk.check(Panel(name=name)) == ()
    (part,) = documents(single(forme(locale), Panel(name=name), "").pdf)
    assert part.values == (name,)


@pytest.mark.parametrize("name", NAMES.values())
def test_any_leaflet_prints_names_of_every_script(name: str) -> None:
    pdf = single(forme(), Panel(name=name), "").pdf
    assert documents(pdf)[0].values == (name,)
    assert preflight(pdf) == ()


@pytest.mark.parametrize("locale", ["en", "ar", "ur"])
def test_every_field_is_read_out_in_the_order_of_the_panel(locale: str) -> None:
    (part,) = documents(single(forme(locale), PANEL, "K7M2QX-000001").pdf)
    assert part.values == (PANEL.name, PANEL.date, PANEL.clinician, PANEL.reference, PANEL.appointment, PANEL.note)


@pytest.mark.parametrize("name", ["محمد 24 Ward B", "Dr. محمد علي (24)", "שרה 12/3 א", "24 محمد"])
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_mixed_directions_keep_every_letter(name: str, locale: str) -> None:
    panel = Panel(name=name, clinician="Dr Lee")
    assert forme(locale).desk.check(panel) == ()
    (part,) = documents(single(forme(locale), panel, "").pdf)
    assert sorted(part.values[0].replace(" ", "")) == sorted(name.replace(" ", ""))
    assert part.values[1] == "Dr Lee"


def test_a_dose_in_right_to_left_text_stays_left_to_right() -> None:
    lines = forme("ar").desk.set(Panel(note="خذ 12 mg يوميا")).cells[0].lines
    placed = [(stretch.x, run) for stretch in lines[0].stretches for run in stretch.runs]
    latin = [(x, run.text) for x, run in placed if any(char.isascii() and char.isalnum() for char in run.text)]
    assert latin == sorted(latin)
    assert "".join(text for _, text in latin) == "12 mg"
    assert not any(run.rtl for _, run in placed if run.text == "mg")


HOSTILE = [
    "<b>bold</b>", "<img src=/etc/passwd>", "{{ 7*7 }}", "{% x %}", "%(x)s", "{0}", "{name}", "=cmd|' /C calc'!A0",
    "+1-1", "@SUM(A1)", "../../etc/passwd", "a/b\\c", "AT&T &lt; <!-- x -->", "()\\)", "<FEFF0041>", "]TJ ET EMC",
    "BT /F1 12 Tf (x) Tj ET", "endstream endobj", "%PDF-1.7", "'; DROP TABLE rows; --", "$(reboot)", "`id`", "<b5 mg>",
    "take <patient name> now", "1 0 obj", "<<>>", "[0 0]", "CON", "-rf", "¶ § © ® ™", "½ × ± µ °C",
    "“quoted” ‘too’ …", "e\u0301", "Å", "ǆ", "İstanbul ı", "ß ẞ", "x" * 60,
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
]  # fmt: skip
REFUSED = [
    "a\0b", "a\x07b", "a\x1bb", "a\tb", "a\nb", "a\rb", "a\x85b", "a\u2028b", "\u202eabc", "\u202dabc\u202c",
    "\u2066a\u2069", "a\u200eb", "a\u200fb", "a\u061cb", "a\u200bb", "a\u2060b", "a\xadb", "\ufeffa", "a\u034fb",
    "\ud800",
    "a\udfffb", "\ue000", "\ufdd0", "ﬁ", "ﷲ",
    "\ufffe", "\U0010fffd", "😀", "👩‍⚕️", "🇫🇷", "a\U000e0041", "\u3164", "𒀀", "ꙮ\U0001f9ff", "x" * 121,
    "W" * 120,
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("field", ["name", "note"])
def test_whatever_a_value_holds_is_printed_literally(value: str, field: str) -> None:
    panel = Panel(**{field: value})
    assert forme().desk.check(panel) == ()
    pdf = single(forme(), panel, "K7M2QX-000001").pdf
    (part,) = documents(pdf)
    assert part.values == (value,)
    assert preflight(pdf) == ()


@pytest.mark.parametrize("value", REFUSED, ids=ascii)
def test_what_no_paper_can_show_is_a_finding_that_does_not_repeat_it(value: str) -> None:
    (found, *_) = forme().desk.check(Panel(name=value))
    assert found.where.column == "name"
    assert value not in found.message + found.hint
    with pytest.raises(ContentError) as refused:
        single(forme(), Panel(name=value), "")
    assert value not in str(refused.value)


@pytest.mark.parametrize("first", range(0, 0x10000, 0x2000), ids="{:04X}".format)
def test_every_character_of_the_basic_plane_is_printed_as_it_is_or_refused(first: int) -> None:
    desk = forme().desk
    codes = range(max(first, 0x20), min(first + 0x2000, 0xFFFE))
    kept = [chr(code) for code in codes if not desk.check(Panel(name=f"a{chr(code)}b"))]
    assert (len(kept) > 1000) is (first < 0xE000)
    assert not [char for char in kept if unicodedata.category(char) in ("Cc", "Cs", "Co", "Zl", "Zp")]
    joiners = [char for char in kept if unicodedata.category(char) == "Cf"]
    assert joiners == (["\u200c", "\u200d"] if first == 0x2000 else [])
    printed = []
    for at in range(0, len(kept), 250):
        some = [char for char in kept[at : at + 250] if not unicodedata.combining(char) and char.strip()]
        note = Panel(note=" ".join(some).strip())
        if some and not desk.check(note, allow_overflow=True):
            (part,) = documents(single(forme(), note, "").pdf)
            assert "".join(part.values[0].split()) == "".join(note.note.split())
            printed += some
    assert len(printed) > 0.8 * len(kept)


def test_ten_megabytes_are_refused_at_once() -> None:
    for field in Panel.__struct_fields__:
        (found,) = forme().desk.check(Panel(**{field: "word " * 2_000_000}))
        assert found.rule == "panel.too-long" and "10,000,000" in found.message


def test_a_note_beyond_its_room_is_a_finding_with_the_limit_or_flows_on() -> None:
    note = "Please bring all of your creams along. " * 12
    (found,) = forme().desk.check(Panel(note=note))
    assert "room for 3, about" in found.message
    assert forme().desk.check(Panel(note=note), allow_overflow=True) == ()
    (part,) = documents(single(forme(), Panel(note=note), "").pdf)
    assert part.values[0].split() == note.split()
    assert forme().desk.check(Panel(note="x " * NOTE_LIMIT))[0].rule == "panel.too-long"


def test_a_note_of_many_short_lines_is_too_long() -> None:
    assert forme().desk.check(Panel(note="a\n" * 2 + "b")) == ()
    (found,) = forme().desk.check(Panel(note="a\n" * 40 + "b"))
    assert found.rule == "panel.too-long"


def test_a_panel_taller_than_a_page_is_refused_even_with_overflow() -> None:
    giant = forme(format="giant")
    assert giant.desk.check(Panel(note="cream " * 600), allow_overflow=True)[0].rule == "panel.too-long"


def test_lines_of_a_note_stay_apart() -> None:
    cells = forme().desk.set(Panel(note="one\n\ntwo")).cells
    assert [len(line.stretches) for line in cells[0].lines] == [1, 0, 1]
    assert forme().desk.check(Panel(name="one\ntwo"))[0].rule == "panel.character"


def test_long_names_take_lines_of_their_own() -> None:
    name = "Maria del Carmen Fernández-Villaverde y de la Torre"
    cells = forme().desk.set(Panel(name=name, date="2026-12-03")).cells
    assert [(cell.field, cell.line) for cell in cells] == [("name", 0), ("date", 1)]


def test_the_box_leaves_room_only_where_that_costs_no_page() -> None:
    for locale in ("en", "de", "ru"):
        one = forme(locale)
        setting = one.desk.set(PANEL)
        pages = len(one.plate(one.height(setting)).pages)
        assert one.height(setting) == setting.height or pages <= len(one.plate(setting.height).pages)


def test_a_companion_leaflet_has_the_panel_on_its_own_side() -> None:
    one = forme("es", companion="en")
    pdf = single(one, PANEL, "K7M2QX-000001").pdf
    assert preflight(pdf) == ()


@pytest.mark.parametrize("value", ["2026-12-14 09:30", "U-1 2", "ملاقات 2026-12-14 09:30 پر"])
def test_figures_stay_apart_in_nastaliq(value: str) -> None:
    (cell,) = forme("ur").desk.set(Panel(appointment=value)).cells
    runs = [run for line in cell.lines for stretch in line.stretches for run in stretch.runs]
    figures = [run for run in runs if any(character.isdigit() for character in run.text)]
    assert {run.face for run in figures} == {"NotoSans-Regular"}
    spaces = [cluster.advance / run.units for run in figures for cluster in run.clusters if cluster.text == " "]
    assert spaces and min(spaces) > 0.2


@pytest.mark.parametrize(("lines", "room"), [(1, 3), (2, 4), (3, 2 + forme().desk.note_lines)])
def test_a_short_note_gets_the_room_it_needs_and_long_ones_share_theirs(lines: int, room: int) -> None:
    setting = forme().desk.set(Panel(name="Ana", date="x", clinician="y", note="\n".join(["a"] * lines)))
    assert (setting.needed, setting.height) == (2 + lines, room)
