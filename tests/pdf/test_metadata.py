import datetime
import io
from xml.etree import ElementTree

from PIL import Image, ImageCms

from handouts.pdf.metadata import About, information, srgb, xmp

DAY = datetime.date(2026, 3, 31)


def test_the_packet_is_xml_and_says_what_the_leaflet_is(kit):
    packet = xmp(About.of(kit.leaflet(lang="pt-BR", title="A < B & “C”")), DAY).decode()
    root = ElementTree.fromstring(packet)
    texts = [element.text for element in root.iter() if element.text and element.text.strip()]
    assert texts.count("A < B & “C”") == 2
    assert "Clinic <North>" in texts
    assert texts.count("2026-03-31T00:00:00Z") == 3
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [element.get(lang) for element in root.iter() if element.get(lang)] == ["x-default", "pt-BR"] * 2


def test_information_says_the_same(kit):
    entries = information(About.of(kit.leaflet(title="جلد")), DAY)
    assert "/Title <FEFF062C0644062F>" in entries
    assert "/CreationDate (D:20260331000000Z) /ModDate (D:20260331000000Z)" in entries


def test_the_profile_is_srgb():
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb()))
    steps = Image.new("RGB", (16, 16))
    steps.putdata([(r * 36, g * 36, b * 80) for r in range(8) for g in range(8) for b in range(4)])
    back = ImageCms.profileToProfile(steps, profile, ImageCms.createProfile("sRGB"), renderingIntent=1)
    assert max(abs(a - b) for a, b in zip(steps.tobytes(), back.tobytes(), strict=True)) <= 1
    assert int.from_bytes(srgb()[:4], "big") == len(srgb())
