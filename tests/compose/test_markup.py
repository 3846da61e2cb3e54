"""The closed subset: what it reads, and what it refuses."""

import pytest

from handouts.compose.markup import parse
from handouts.errors import ContentError
from handouts.model.leaflet import Artwork, Callout, Definitions, Heading, Listing, Paragraph, Row, WriteLines

PICTURES = {"wash": Artwork(name="wash", media="svg", data=b"<svg/>")}


def blocks(html: str) -> tuple[object, ...]:
    return parse(html, PICTURES, "en").blocks


def test_reads_each_kind_of_block() -> None:
    found = blocks(
        '<h1>T</h1><p class="lead">L</p><ul><li>a</li></ul>'
        '<ul class="tick"><li><img src="wash" alt="Wash"/><p>w</p></li>'
        '</ul><dl><div><dt>urea</dt><dd>cream</dd></div></dl><aside class="safety"><p>No</p></aside>'
        '<div><section><p>x</p></section><section class="card"><p>y</p></section></div><hr/><hr/>'
    )
    kinds = [type(block) for block in found]
    assert kinds == [Heading, Paragraph, Listing, Listing, Definitions, Callout, Row, WriteLines]
    tick = found[3]
    assert isinstance(tick, Listing) and tick.items[0].label == "☐" and tick.items[0].figure is not None
    assert isinstance(found[7], WriteLines) and found[7].count == 2


def test_ids_are_unique_and_grow() -> None:
    found = blocks("<h1>a</h1><ul><li>b</li><li>c</li></ul><p>d</p>")
    ids = [block.id for block in found]  # type: ignore[attr-defined]
    assert ids == sorted(set(ids))


def test_blanks_fold_and_inlines_keep_their_kind() -> None:
    (paragraph,) = blocks(
        '<p>\n  Use <m k="a.b">only <b>as told</b></m>\n by <bdi dir="ltr" lang="es">Ana</bdi> '
        '<a href="tel:1">now</a>  </p>'
    )
    assert isinstance(paragraph, Paragraph)
    assert "".join(span.text for span in paragraph.spans) == "Use only as told by Ana now"
    told = next(span for span in paragraph.spans if span.text == "as told")
    assert told.bold and told.key == "a.b"
    name = next(span for span in paragraph.spans if span.text == "Ana")
    assert (name.isolate, name.lang) == ("ltr", "es")


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<table/>", "<table>"),
        ('<p style="color:red">x</p>', "style"),
        ('<p class="huge">x</p>', "huge"),
        ("<p>x", "well formed"),
        ("<p>x</ul>", "well formed"),
        ('<img src="nope" alt="x"/>', "nope"),
        ('<img src="wash" alt=" "/>', "alternative text"),
        ('<p><a href="javascript:x">x</a></p>', "javascript"),
        ('<p><a href="http://example.org">x</a></p>', "https"),
        ("<li>x</li>", "cannot stand here"),
        ("<div><p>x</p></div>", "row"),
        ("<p>a<h2>b</h2></p>", "running text"),
        ("<dl><div><dt>a</dt></div></dl>", "one <dd>"),
    ],
)
def test_refuses_what_it_does_not_know(html: str, says: str) -> None:
    with pytest.raises(ContentError, match="page template") as caught:
        blocks(html)
    assert says in caught.value.message
    assert "It comes from: <" in caught.value.message
