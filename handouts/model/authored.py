"""What people author in ``templates/``: topics, shared words, brands, formats. Read by ``library`` only.

Every translatable string is a :class:`Text`; its ``key`` (dotted, for instance ``cause.oily-skincare.why``) is the
``msgctxt`` of its message.
"""

from typing import Annotated, Literal

import msgspec

AdviceKind = Literal[
    "wash", "brush", "cream", "no-cream", "clothes", "pressure", "food", "sleep", "no-squeeze", "doctor"
]
MedicineForm = Literal["cream", "ointment", "gel", "shampoo"]
Supply = Literal["prescribed", "guided", "directed"]
Colour = Annotated[str, msgspec.Meta(pattern="^#[0-9a-f]{6}$")]
Id = Annotated[str, msgspec.Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Text(str):
    """A string that a translator sees.

    ``key`` is its dotted place in the file (its msgctxt), ``domain`` its catalogue; ``lang`` is set only where the
    words are not in the leaflet's language (a draft's missing translations).
    """

    __slots__ = ("domain", "key", "lang")
    domain: str
    key: str
    lang: str

    def __new__(cls, value: str, key: str = "", domain: str = "", lang: str = "") -> "Text":
        """Return the string with its place."""
        text = super().__new__(cls, value)
        text.key = key
        text.domain = domain
        text.lang = lang
        return text

    def __reduce__(self) -> tuple[type["Text"], tuple[str, str, str, str]]:
        """Keep the place through pickling (worker processes)."""
        return Text, (str(self), self.key, self.domain, self.lang)


class Authored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything read from TOML: frozen, and unknown keys are refused."""


class Advice(Authored, frozen=True, kw_only=True):
    """One thing to do: ``kind`` picks its pictogram."""

    id: Id
    kind: AdviceKind
    text: Text


class Medicine(Authored, frozen=True, kw_only=True):
    """One medicine: ``inn`` is the international nonproprietary name in Latin letters, ``name`` the local lay form."""

    id: Id
    inn: str
    name: Text
    form: MedicineForm
    supply: Supply


class Cause(Authored, frozen=True, kw_only=True):
    """One cause of the problem; a leaflet can be tailored to it."""

    id: Id
    name: Text
    title: Text
    summary: tuple[Text, ...]
    introduction: Text
    why: Text
    signs: tuple[Text, ...] = ()
    do: tuple[Advice, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    effect: Text | None = None


class SafetyMessage(Authored, frozen=True, kw_only=True):
    """A warning that no leaflet may drop or soften."""

    id: Id
    text: Text
    locked: Literal[True]


class Source(Authored, frozen=True, kw_only=True):
    """Where the facts come from; empty strings mean that the source does not say."""

    title: str
    publisher: str = ""
    author: str = ""


class Review(Authored, frozen=True, kw_only=True):
    """Clinical review: by whom, on and next as ISO dates; all empty means never reviewed, and that is printed."""

    by: str = ""
    on: str = ""
    next: str = ""


class Codes(Authored, frozen=True, kw_only=True):
    """Classification codes under which record systems find the topic."""

    icd10: tuple[str, ...] = ()
    snomed: tuple[str, ...] = ()


class Topic(Authored, frozen=True, kw_only=True):
    """One subject with its causes. ``summary`` is the key message: at most three short sentences.

    ``facts`` maps each fact id of the guidance to the dotted keys that carry it, so that coverage can be proved.
    """

    id: Id
    version: str
    title: Text
    summary: tuple[Text, ...]
    introduction: Text
    doctor: tuple[Text, ...]
    source: Source
    review: Review = Review()
    codes: Codes = Codes()
    cause: tuple[Cause, ...]
    daily: tuple[Advice, ...]
    safety: tuple[SafetyMessage, ...]
    facts: dict[str, tuple[str, ...]] = {}
    notes: dict[str, str] = {}


class SharedWords(Authored, frozen=True, kw_only=True):
    """Words of the leaflet's frame (headings, labels, furniture), shared by all topics: group → name → text."""

    words: dict[str, dict[str, Text]]
    notes: dict[str, str] = {}


class Palette(Authored, frozen=True, kw_only=True):
    """Colours by role. ``primary`` carries headings and bands, ``tint`` panels, ``safety`` the warning."""

    ink: Colour
    muted: Colour
    primary: Colour
    on_primary: Colour
    accent: Colour
    tint: Colour
    line: Colour
    safety: Colour
    safety_tint: Colour
    paper: Colour = "#ffffff"


class Contacts(Authored, frozen=True, kw_only=True):
    """How a patient reaches the clinic; an empty string is left out."""

    address: str = ""
    phone: str = ""
    email: str = ""
    web: str = ""


class Look(Authored, frozen=True, kw_only=True):
    """The brand's manner: how the head of page 1, the panels and their corners (points) are drawn."""

    header: Literal["band", "rule", "plain"] = "rule"
    panels: Literal["filled", "outlined", "barred"] = "filled"
    corner: float = 4


class Brand(Authored, frozen=True, kw_only=True):
    """A clinic's identity. ``lang`` is the BCP 47 language of its own name and address."""

    id: Id
    name: str
    lang: str = "en"
    logo: str = ""
    logo_alt: str = ""
    palette: Palette
    contacts: Contacts = Contacts()
    link: str = ""
    footer: str = ""
    look: Look = Look()
    faces: tuple[str, ...] = ()
    min_review: Literal["", "translated", "reviewed"] = ""


class TypeScale(Authored, frozen=True, kw_only=True):
    """Font sizes in points by role; ``furniture`` is header and footer, ``small`` the fine print in the body."""

    body: float
    lead: float
    title: float
    h2: float
    h3: float
    small: float
    furniture: float


class Margins(Authored, frozen=True, kw_only=True):
    """Page margins in millimetres; ``start`` and ``end`` mirror with the text's direction."""

    top: float
    bottom: float
    start: float
    end: float


class Format(Authored, frozen=True, kw_only=True):
    """A print size of a leaflet: reflowed, never scaled. ``leading`` and ``space`` are factors of the body size.

    ``fit`` lists factors for the white space that are tried in turn until the page budget holds (type never shrinks);
    ``pages`` and ``pages_tailored`` are that budget, 0 for no limit. ``measure`` is the longest line in characters.
    """

    id: Id
    name: str
    type: TypeScale
    leading: Annotated[float, msgspec.Meta(ge=1.2)]
    space: float
    margins: Margins
    columns: Literal[1, 2] = 1
    measure: int = 75
    icon: float = 1.8
    pages: int = 0
    pages_tailored: int = 0
    fit: tuple[float, ...] = (1.0,)
