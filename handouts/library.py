"""The only reader of files: leaflet libraries, each a folder with ``templates/`` and ``locales/``.

A clinic's own libraries come first, the built-in one last; the first that has a thing gives it. What is read is kept
in this process until its file changes, so that a long run reads each file once and still sees an edit.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from handouts.errors import ContentError, NotFound
from handouts.files import PACKAGE, Files, Value, built_in_root, is_there
from handouts.findings import Finding, Severity, Where
from handouts.model.authored import Brand, Format, SharedWords, Topic
from handouts.model.catalogue import Catalogue
from handouts.model.decode import Kind, artwork, decode, plain, problem
from handouts.model.kept import kept
from handouts.model.leaflet import Artwork
from handouts.model.locales import PSEUDO_LOCALES, SOURCE_LOCALE
from handouts.model.page import FontFile
from handouts.model.sound import brand_findings, format_findings, topic_findings, words_findings
from handouts.model.terms import Glossary, Prohibitions, Terms, terms_for
from handouts.model.walk import SHARED_DOMAIN, keyed, keyed_words

_MAX_FONT_BYTES: Final = 60_000_000
_MEDIA: Final = (".svg", ".png")  # the better one first
_SHADOWING: Final = (
    "templates/words.toml",
    "templates/topics/*/topic.toml",
    "templates/topics/*/pictures/*.*",
    "templates/brands/*/brand.toml",
    "templates/formats/*.toml",
    "templates/pages/*.*",
    "templates/pictures/*.*",
    "locales/*/LC_MESSAGES/*.po",
)


class Library:
    """Everything that leaflets are made from. ``roots`` are a user's libraries, the first to be asked first.

    Every method raises NotFound for a name no library has, with the nearest one as a hint, and ContentError for what
    is wrong in a file: with the file, the line where known, the dotted key, and a way out.

    What changes in a file is seen the next time it is asked for, unless the library is ``settled``: then all leaflets
    are made from what was read first, as those of one print run must be.
    """

    def __init__(self, roots: Sequence[Path] = (), *, settled: bool = False) -> None:
        for root in roots:
            if not _is_folder(root):
                hint = "A library is a folder with templates/ and locales/ in it."
                raise NotFound(f"There is no library folder {root}.", hint)
        self.built_in = built_in_root()
        own = {root.resolve(): root for root in reversed(roots) if root.resolve() != self.built_in.resolve()}
        self._files = Files(tuple(reversed(own.values())), self.built_in, settled=settled)
        self.roots = self._files.roots
        self._catalogues: dict[tuple[str, str], tuple[Any, Catalogue]] = {}
        self._terms: dict[str, tuple[Any, Terms]] = {}
        self._faces: dict[str, Path] = {}

    def topics(self) -> tuple[str, ...]:
        """Return the ids of all topics, sorted."""
        return tuple(sorted(self._files.folders("templates/topics", "topic.toml")))

    def brands(self) -> tuple[str, ...]:
        """Return the ids of all brands, sorted."""
        return tuple(sorted(self._files.folders("templates/brands", "brand.toml")))

    def formats(self) -> tuple[str, ...]:
        """Return the ids of all formats, sorted."""
        return tuple(sorted(path.stem for path in self._files.named("templates/formats", ".toml").values()))

    def locales(self) -> tuple[str, ...]:
        """Return the BCP 47 tags of all locales, sorted; the source locale ``en`` is always one of them."""
        return tuple(sorted({SOURCE_LOCALE, *(tag for tag, _ in self._files.locales())}))

    def shadowed(self) -> tuple[Finding, ...]:
        """Return a note for every file of one library that is hidden by one of an earlier library."""
        found: list[Finding] = []
        first: dict[Path, str] = {}
        for root in self.roots:
            for path in sorted(path for part in _SHADOWING for path in root.glob(part)):
                label = self._files.label(path)
                hides = first.setdefault(path.relative_to(root), label)
                if hides != label:
                    message = f"{hides} hides {label}."
                    found.append(Finding("library.shadowed", Severity.NOTE, message, Where(file=hides)))
        return tuple(found)

    def topic(self, name: str) -> Topic:
        """Return a topic; each of its texts knows its key and its domain, the topic's id."""
        path = self._named("topic", name, self._files.folders("templates/topics", "topic.toml"))

        def parse(data: bytes, label: str) -> Topic:
            topic = keyed(decode(data, Topic, label))
            return _sound(topic, label, topic_findings(topic, name, label))

        return self._files.read(path, "topic", parse)

    def words(self) -> SharedWords:
        """Return the words shared by all leaflets; each knows its key (``group.name``) and the domain ``handouts``."""

        def parse(data: bytes, label: str) -> SharedWords:
            words = keyed_words(decode(data, SharedWords, label))
            return _sound(words, label, words_findings(words, label))

        return self._files.read(self._first("templates/words.toml"), "words", parse)

    def brand(self, name: str) -> Brand:
        """Return a brand."""
        path = self._named("brand", name, self._files.folders("templates/brands", "brand.toml"))

        def parse(data: bytes, label: str) -> Brand:
            brand = decode(data, Brand, label)
            return _sound(brand, label, brand_findings(brand, name, label))

        return self._files.read(path, "brand", parse)

    def format(self, name: str) -> Format:
        """Return a format."""
        known = {path.stem: path for path in self._files.named("templates/formats", ".toml").values()}
        path = self._named("format", name, known)

        def parse(data: bytes, label: str) -> Format:
            form = decode(data, Format, label)
            return _sound(form, label, format_findings(form, name, label))

        return self._files.read(path, "format", parse)

    def template(self, name: str) -> str:
        """Return the text of a page template, for instance ``leaflet.html.j2``."""
        path = self._named("page template", name, self._files.named("templates/pages", ""))
        return self._files.read(path, "template", plain)

    def catalogue_files(self, locale: str, topic: str) -> Mapping[str, tuple[str, bytes]]:
        """Return the PO files of a locale as they are: domain → (label, bytes). A domain that has none is absent."""
        if locale not in self.locales():
            raise NotFound.among("locale", locale, self.locales())
        found = {}
        for domain in (SHARED_DOMAIN, topic):
            for folder in (folder for tag, folder in self._files.locales() if tag == locale):
                path = folder / "LC_MESSAGES" / f"{domain}.po"
                if domain not in found and is_there(path):
                    found[domain] = (self._files.label(path), self._files.read(path, "bytes", lambda data, _: data))
        return found

    def catalogue(self, locale: str, topic: str) -> Catalogue:
        """Return a locale's messages for the shared words and one topic; the source locale has none.

        A pseudo-locale's are made up from the English.
        """
        from handouts.compose.catalogue import read
        from handouts.compose.pseudo import pseudo

        made_up = locale in PSEUDO_LOCALES
        if made_up:
            origin: Any = (self.words(), self.topic(topic))
        else:
            terms = Terms() if locale == SOURCE_LOCALE else self.terms(locale)
            origin = (self.catalogue_files(locale, self.topic(topic).id), terms)
        kept = self._catalogues.get((locale, topic))
        if kept is None or kept[0] != origin:
            catalogue = pseudo(locale, *origin) if made_up else read(locale, *origin)
            kept = self._catalogues[locale, topic] = (origin, catalogue)
        return kept[1]

    def terms(self, locale: str) -> Terms:
        """Return a language's names of medicines and its prohibitive forms; the first library's entries win."""
        glossaries = tuple(self._each("locales/glossary.toml", Glossary))
        prohibitions = tuple(self._each("locales/prohibitions.toml", Prohibitions))
        kept = self._terms.get(locale)
        if kept is None or kept[0] != (glossaries, prohibitions):
            files = (glossaries, prohibitions)
            kept = self._terms[locale] = (files, terms_for(locale, glossaries, prohibitions))
        return kept[1]

    def pictures(self, topic: str, brand: Brand) -> dict[str, Artwork]:
        """Return the pictures of a leaflet by name (file stem); the topic's own come first, the logo is ``logo``.

        Raises ContentError when a kind of advice in the topic has no picture, or the brand's logo is not in its folder.
        """
        found: dict[str, Path] = {}
        for folder in (f"templates/topics/{self.topic(topic).id}/pictures", "templates/pictures"):
            for ending in _MEDIA:
                for path in self._files.named(folder, ending).values():
                    found.setdefault(path.stem, path)
        self._need_pictures(self.topic(topic), found)
        if brand.logo:
            found["logo"] = self._logo(brand)
        return _by_name(
            *[self._files.read(path, f"picture {name}", partial(artwork, name)) for name, path in found.items()]
        )

    def fonts(self, names: Sequence[str], brand: Brand) -> tuple[FontFile, ...]:
        """Return font files by name (file stem), in the given order without repeats; the brand's folder comes first."""
        if not self._faces:
            self._faces = {path.stem: path for path in sorted((PACKAGE / "fonts").rglob("*.ttf"))}
        own = {path.stem: path for path in self._files.named(f"templates/brands/{brand.id}", ".ttf").values()}
        if unknown := [name for name in brand.faces if name not in self._faces | own]:
            error = NotFound.among("face", unknown[0], self._faces | own)
            raise problem(self._brand_label(brand), error.message, error.hint, rule="brand.faces", key="faces")
        return tuple(
            self._files.read(
                self._named("face", name, self._faces | own),
                "font",
                lambda data, label: FontFile(Path(label).stem, data),
                _MAX_FONT_BYTES,
            )
            for name in dict.fromkeys(names)
        )

    def _logo(self, brand: Brand) -> Path:
        folder = self._named("brand", brand.id, self._files.folders("templates/brands", "brand.toml")).parent
        files = {path.name: path for path in sorted(folder.iterdir()) if path.suffix.lower() in _MEDIA}
        if brand.logo not in files:
            message = f"The logo “{brand.logo}” is not an SVG or PNG file beside brand.toml."
            hint = f"There: {', '.join(files) or 'none'}."
            raise problem(self._brand_label(brand), message, hint, rule="brand.logo", key="logo")
        return files[brand.logo]

    def _brand_label(self, brand: Brand) -> str:
        return self._files.label(self._files.folders("templates/brands", "brand.toml")[brand.id])

    def _need_pictures(self, topic: Topic, found: Mapping[str, Path]) -> None:
        advice = [one for cause in topic.cause for one in cause.do] + [*topic.daily]
        missing = sorted({one.kind for one in advice} - set(found))
        if missing:
            label = self._files.label(self._files.folders("templates/topics", "topic.toml")[topic.id])
            message = f"There is no picture for this advice: {', '.join(missing)}."
            hint = f"Put {missing[0]}.svg into the topic's pictures/ or into templates/pictures/."
            raise problem(label, message, hint, rule="topic.pictures")

    def _named(self, kind: str, name: str, known: Mapping[str, Path]) -> Path:
        """Return the path of a name out of a listing: what a user typed never becomes a path by itself."""
        if name not in known:
            raise NotFound.among(kind, name, known)
        return known[name]

    def _each(self, name: str, kind: type[Kind]) -> Iterator[Kind]:
        """Give what each library's file of a fixed name holds, the first library's first."""
        for root in self.roots:
            if is_there(path := root / name):
                yield self._files.read(path, "terms", lambda data, label: decode(data, kind, label))

    def _first(self, name: str) -> Path:
        """Return the first library's file of a fixed name."""
        for root in self.roots:
            if is_there(path := root / name):
                return path
        raise NotFound(f"No library has {name}.", "The installation is incomplete: install handouts again.")


def _sound(value: Value, label: str, findings: tuple[Finding, ...]) -> Value:
    if len(findings) == 1:
        raise ContentError(findings[0].message, findings[0].hint, findings)
    if findings:
        message = f"{label} breaks {len(findings)} of the rules for such files."
        raise ContentError(message, "Mend what is listed.", findings)
    return value


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long for the system
        return False


@kept(64)
def _by_name(*pictures: Artwork) -> dict[str, Artwork]:
    """Return pictures by their names; the same pictures give the same dictionary."""
    return {picture.name: picture for picture in pictures}
