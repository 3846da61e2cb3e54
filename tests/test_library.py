"""What libraries give, what they refuse, and that an edit is seen."""

import os
from pathlib import Path

import pytest

from handouts.cli.skeletons import BRAND, LOGO, TOPIC
from handouts.errors import ContentError, HandoutsError, NotFound
from handouts.files import built_in_root, read_file
from handouts.library import Library
from handouts.model.walk import texts


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def topic_file(root: Path, name: str = "dry-skin") -> Path:
    words = {"id": name, "name": "Dry skin", "library": "x"}
    return write(root / "templates" / "topics" / name / "topic.toml", TOPIC.substitute(words))


def brand_file(root: Path, name: str = "clinic") -> Path:
    folder = root / "templates" / "brands" / name
    write(folder / "logo.svg", LOGO)
    return write(folder / "brand.toml", BRAND.substitute({"id": name, "name": "Clinic", "library": "x"}))


def edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


# What there is


def test_the_built_in_library_is_whole() -> None:
    library = Library()
    assert "back-fat-granules" in library.topics()
    assert "house" in library.brands()
    assert {"standard", "large", "giant"} <= set(library.formats())
    assert "en" in library.locales()
    assert library.shadowed() == ()
    for name in library.topics():
        assert all(text.key and text.domain == name for text in texts(library.topic(name)))
    for name in library.brands():
        assert library.brand(name).id == name
    for name in library.formats():
        assert library.format(name).id == name
    assert {text.domain for text in texts(library.words())} == {"handouts"}
    assert "{%" in library.template("leaflet.html.j2")


def test_an_installed_package_carries_its_library_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "handouts"
    package.mkdir(parents=True)
    monkeypatch.setattr("handouts.files.PACKAGE", package)
    assert built_in_root() == package.parent
    topic_file(package)
    assert built_in_root() == package
    assert Library().topics() == ("dry-skin",)


def test_a_users_library_adds_to_the_built_in_one(tmp_path: Path) -> None:
    topic_file(tmp_path)
    library = Library([tmp_path])
    assert {"dry-skin", "back-fat-granules"} <= set(library.topics())
    assert library.topic("dry-skin").title == "Dry skin (replace this title)"


def test_the_first_library_wins_and_what_it_hides_is_told(tmp_path: Path) -> None:
    for name, size in (("one", "13"), ("two", "14")):
        source = built_in_root() / "templates" / "formats" / "standard.toml"
        copy = write(tmp_path / name / "templates" / "formats" / "standard.toml", source.read_bytes())
        edit(copy, "body = 12", f"body = {size}")
    library = Library([tmp_path / "one", tmp_path / "two"])
    assert library.format("standard").type.body == 13
    hidden = [finding.message for finding in library.shadowed()]
    assert len(hidden) == 2
    assert all(f"{tmp_path / 'one'}" in message for message in hidden)
    assert hidden[1].endswith("hides templates/formats/standard.toml.")


def test_the_same_library_twice_hides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    topic_file(tmp_path)
    monkeypatch.chdir(tmp_path)
    library = Library([tmp_path, Path(), built_in_root()])
    assert library.shadowed() == ()
    assert library.roots == (tmp_path, built_in_root())


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ContentError, match="device"):
        read_file(tmp_path / "pipe")


def test_a_library_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", write(tmp_path / "file", "")):
        with pytest.raises(NotFound, match="There is no library folder"):
            Library([path])


def test_a_folder_without_its_file_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "templates" / "topics" / "empty").mkdir(parents=True)
    (tmp_path / "templates" / "topics" / ".hidden").mkdir()
    assert "empty" not in Library([tmp_path]).topics()


def test_locale_folders_are_read_as_people_name_them(tmp_path: Path) -> None:
    for folder in ("zh_Hant", "pt-BR", "notalocale99"):
        write(tmp_path / "locales" / folder / "LC_MESSAGES" / "handouts.po", "")
    (tmp_path / "locales" / "fr").mkdir()
    found = Library([tmp_path]).locales()
    assert {"en", "pt-BR", "zh-Hant"} <= set(found)
    assert "notalocale99" not in found
    assert found == tuple(sorted(found))


def test_po_files_come_from_the_first_library_that_has_them(tmp_path: Path) -> None:
    topic_file(tmp_path / "one")
    write(tmp_path / "one" / "locales" / "xh" / "LC_MESSAGES" / "dry-skin.po", "# one\n")
    write(tmp_path / "two" / "locales" / "xh" / "LC_MESSAGES" / "dry-skin.po", "# two\n")
    write(tmp_path / "two" / "locales" / "xh" / "LC_MESSAGES" / "handouts.po", "# words\n")
    found = Library([tmp_path / "one", tmp_path / "two"]).catalogue_files("xh", "dry-skin")
    assert {domain: data for domain, (_, data) in found.items()} == {"dry-skin": b"# one\n", "handouts": b"# words\n"}
    assert found["handouts"][0] == str(tmp_path / "two" / "locales" / "xh" / "LC_MESSAGES" / "handouts.po")


def test_the_source_locale_needs_no_files(tmp_path: Path) -> None:
    topic_file(tmp_path)
    library = Library([tmp_path])
    assert library.catalogue_files("en", "dry-skin") == {}
    catalogue = library.catalogue("en", "dry-skin")
    assert (catalogue.locale, catalogue.status, catalogue.messages) == ("en", "source", {})


# Names


@pytest.mark.parametrize(
    "name", ["../brands", "../../templates/topics/back-fat-granules", "/etc", "", ".", "back-fat-granules/", "a\0b"]
)
def test_a_name_never_becomes_a_path(name: str) -> None:
    library = Library()
    for ask in (library.topic, library.brand, library.format, library.template):
        with pytest.raises(NotFound):
            ask(name)
    with pytest.raises(NotFound):
        library.catalogue_files(name, "back-fat-granules")


def test_a_name_nearly_right_gets_the_right_one() -> None:
    with pytest.raises(NotFound) as caught:
        Library().topic("back-fat-granule")
    assert caught.value.hint == "Did you mean “back-fat-granules”?"


def test_a_font_is_found_by_name_in_order_without_repeats(tmp_path: Path) -> None:
    path = brand_file(tmp_path)
    for name in ("Own-Regular", "Own-Bold"):
        write(path.parent / f"{name}.ttf", name)
    library = Library([tmp_path])
    brand = library.brand("clinic")
    found = library.fonts(["Own-Bold", "Own-Regular", "Own-Bold"], brand)
    assert [(font.name, font.data) for font in found] == [("Own-Bold", b"Own-Bold"), ("Own-Regular", b"Own-Regular")]
    with pytest.raises(NotFound, match="face"):
        library.fonts(["Owl-Bold"], brand)


# Pictures


def test_a_topics_own_picture_and_the_logo_come_first(tmp_path: Path) -> None:
    brand_file(tmp_path)
    own = write(topic_file(tmp_path).parent / "pictures" / "sleep.svg", "<svg><!-- own --></svg>")
    library = Library([tmp_path])
    pictures = library.pictures("dry-skin", library.brand("clinic"))
    assert pictures["sleep"].data == own.read_bytes()
    assert pictures["logo"].data.decode() == LOGO
    assert pictures["doctor"].media == "svg"
    assert all(name == picture.name for name, picture in pictures.items())


def test_advice_without_a_picture_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handouts.files.PACKAGE", tmp_path)
    topic_file(tmp_path)
    brand_file(tmp_path)
    library = Library()
    with pytest.raises(ContentError, match="no picture for this advice: doctor, sleep") as caught:
        library.pictures("dry-skin", library.brand("clinic"))
    assert caught.value.findings[0].where.file == "templates/topics/dry-skin/topic.toml"


@pytest.mark.parametrize("logo", ["../house/logo.svg", "/etc/passwd", "brand.toml", "none.svg"])
def test_a_logo_lies_beside_its_brand(tmp_path: Path, logo: str) -> None:
    topic_file(tmp_path)
    edit(brand_file(tmp_path), '"logo.svg"', f'"{logo}"')
    library = Library([tmp_path])
    with pytest.raises(ContentError, match="logo") as caught:
        library.pictures("dry-skin", library.brand("clinic"))
    assert caught.value.findings[0].where.key == "logo"
    assert "logo.svg" in caught.value.hint


# What is wrong in a file


def test_all_that_is_wrong_with_a_topic_is_told_at_once(tmp_path: Path) -> None:
    path = topic_file(tmp_path)
    edit(path, '"Replace this: say when to see a doctor."', '" x", "a  b"')
    with pytest.raises(ContentError) as caught:
        Library([tmp_path]).topic("dry-skin")
    assert [finding.where.key for finding in caught.value.findings] == ["doctor.1", "doctor.2"]
    assert all(finding.where.file == str(path) for finding in caught.value.findings)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "missing"),
        (b"id = ", "cannot be read"),
        (b"\xff\xfe", "not UTF-8"),
        (b"#" * 5_000_001, "MB"),
        (b"\0", "NUL character"),
        (b"[[[[", "cannot be read"),
    ],
)
def test_bad_bytes_are_told_and_not_thrown(tmp_path: Path, data: bytes, words: str) -> None:
    write(topic_file(tmp_path), data)
    with pytest.raises(ContentError, match=words):
        Library([tmp_path]).topic("dry-skin")


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "templates" / "topics" / "odd" / "topic.toml").mkdir(parents=True)
    with pytest.raises(ContentError, match="is a folder or device"):
        Library([tmp_path]).topic("odd")


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path / "x", "")
    monkeypatch.setattr("handouts.library.Path.read_bytes", refuse)
    with pytest.raises(ContentError, match="Permission denied") as caught:
        read_file(path)
    assert "permissions" in caught.value.hint


def test_a_dangling_link_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "formats"
    folder.mkdir(parents=True)
    (folder / "gone.toml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(HandoutsError):
        Library([tmp_path]).format("gone")


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    for path in (tmp_path / "x.pdf", write(tmp_path / "file", "") / "x.pdf"):
        with pytest.raises(NotFound):
            read_file(path)


# What is kept


def test_an_edit_is_seen_and_what_is_unchanged_is_kept(tmp_path: Path) -> None:
    path = topic_file(tmp_path)
    library = Library([tmp_path])
    first = library.topic("dry-skin")
    assert library.topic("dry-skin") is first
    edit(path, "Dry skin (replace this title)", "Very dry skin")
    assert library.topic("dry-skin").title == "Very dry skin"


def test_an_edit_of_the_same_length_and_time_is_seen_if_the_file_is_new(tmp_path: Path) -> None:
    path = topic_file(tmp_path)
    library = Library([tmp_path])
    before = path.stat()
    assert library.topic("dry-skin").version == "0.1"
    new = write(tmp_path / "new", path.read_bytes().replace(b'"0.1"', b'"0.2"'))
    os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
    new.replace(path)
    assert library.topic("dry-skin").version == "0.2"


def test_a_catalogue_is_kept_until_its_file_changes(tmp_path: Path) -> None:
    topic_file(tmp_path)
    path = tmp_path / "locales" / "xh" / "LC_MESSAGES" / "dry-skin.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    write(path, head)
    library = Library([tmp_path])
    first = library.catalogue("xh", "dry-skin")
    assert library.catalogue("xh", "dry-skin") is first
    write(path, head + '\nmsgctxt "daily.every-day"\nmsgid "A"\nmsgstr "B"\n')
    assert {message.text for message in library.catalogue("xh", "dry-skin").messages.values()} >= {"B"}


# Terms


def test_a_clinics_names_of_medicines_win_and_an_edit_is_seen(tmp_path: Path) -> None:
    file = write(tmp_path / "locales" / "glossary.toml", '[medicines.urea]\nes = ["urea pura"]\n')
    library = Library((tmp_path,))
    names = dict(library.terms("es").medicines)
    assert (names["urea"], names["tretinoin"]) == (("urea pura",), ("tretinoína*",))
    assert library.terms("es") is library.terms("es")
    assert library.catalogue("es", "back-fat-granules").terms is library.terms("es")
    edit(file, "urea pura", "urea fina")
    os.utime(file, ns=(1, 1))
    assert dict(library.terms("es").medicines)["urea"] == ("urea fina",)
    assert dict(library.catalogue("es", "back-fat-granules").terms.medicines)["urea"] == ("urea fina",)


@pytest.mark.parametrize("text", ["[medicines]\nurea = 5\n", "[medicine.urea]\n", "[medicines.urea]\nes = 'urea'\n"])
def test_a_wrong_glossary_is_an_error_with_its_file(text: str, tmp_path: Path) -> None:
    write(tmp_path / "locales" / "glossary.toml", text)
    with pytest.raises(ContentError) as caught:
        Library((tmp_path,)).terms("es")
    assert caught.value.findings[0].where.file.endswith("glossary.toml")
