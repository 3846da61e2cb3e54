"""Faces within the page: of each, only the characters that the leaflet uses, so that it looks alike everywhere."""

from base64 import b64encode
from collections.abc import Iterable

import uharfbuzz as hb

from handouts.model.page import FontFile


def face_rules(files: Iterable[FontFile], text: str) -> str:
    """Return the style rules that carry the faces with the text's characters; none for a face that has none of them.

    Files come in order of preference, as for paper; a family is the file's name without its weight. All shaping rules
    of the characters are kept.
    """
    wanted = {ord(character) for character in text if character.isprintable()}
    rules, families = "", []
    for file in files:
        family, _, weight = file.name.rpartition("-")
        face = hb.Face(file.data)
        codes = wanted & set(face.unicodes)
        if not codes - {0x20, 0xA0}:
            continue
        data = _cut(face, codes)
        bold = 700 if weight == "Bold" else 400
        rules += (
            f'@font-face {{ font-family: "{family}"; font-weight: {bold}; font-display: block;'
            f' src: url("data:font/ttf;base64,{b64encode(data).decode()}"); }}\n'
        )
        families.append(f'"{family}"')
    return f"{rules}:root {{ --faces: {', '.join(dict.fromkeys(families))}; }}\n"


def _cut(face: hb.Face, codes: Iterable[int]) -> bytes:
    wish = hb.SubsetInput()
    wish.flags = hb.SubsetFlags.NO_HINTING
    wish.unicode_set.update(hb.Set(set(codes)))
    return bytes(hb.subset(face, wish).blob.data)
