"""What ``handouts new`` writes: complete, valid beginnings whose words ask to be replaced."""

from string import Template
from typing import Final

BRAND: Final = Template("""\
# A clinic's identity: replace what is in quotes. Try it: handouts --library $library render --brand $id
id = "$id"                              # the name of this folder
name = "$name"                          # as patients know it
lang = "en"                             # the language of the name and address, as a BCP 47 tag
logo = "logo.svg"                       # SVG or PNG beside this file; "" for none
logo_alt = "Logo of $name"              # what the logo shows, for people who hear the leaflet
link = ""                               # a web page; printed as a code to scan
footer = ""                             # one line at the foot of every page

# Colours as #rrggbb. Text must stand out from its ground 4.5 to 1; handouts check says if a pair does not.
[palette]
ink = "#1c2430"                         # text
muted = "#4a5563"                       # small print
primary = "#1f4e79"                     # headings, bands, pictograms
on_primary = "#ffffff"                  # text on a band
accent = "#3a7ca5"                      # rules and bars
tint = "#eef3f8"                        # the ground of panels
line = "#c3ced9"                        # hairlines
safety = "#98201b"                      # the warning
safety_tint = "#fdf0ee"                 # its ground
paper = "#ffffff"

# How patients reach the clinic; "" leaves a line out.
[contacts]
address = ""
phone = ""
email = ""
web = ""

# header: band, rule or plain · panels: filled, outlined or barred · corner: radius in points
[look]
header = "rule"
panels = "filled"
corner = 4
""")

LOGO: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">
  <rect x="2" y="2" width="44" height="44" rx="10" fill="#1f4e79"/>
  <path d="M20 10h8v10h10v8H28v10h-8V28H10v-8h10z" fill="#ffffff"/>
</svg>
"""

TOPIC: Final = Template("""\
# One subject with its causes. Replace every text; one text is one message to translate: a sentence or a short
# paragraph of plain words. Try it: handouts --library $library render $id
id = "$id"                              # the name of this folder
version = "0.1"
title = "$name (replace this title)"
summary = ["Replace this with the key message in one to three short sentences."]
introduction = "Replace this: say in a sentence or two what the leaflet is about."
doctor = ["Replace this: say when to see a doctor."]

# Where the facts come from. Say nothing medical that is not there.
[source]
title = "Replace this with the source"
publisher = ""
author = ""

# Empty means never reviewed, and the leaflet says so. Dates like 2026-03-31.
[review]
by = ""
on = ""
next = ""

# Repeat [[cause]] for every cause; a leaflet can be tailored to one.
[[cause]]
id = "first-cause"
name = "First cause (replace)"
title = "$name: first cause (replace)"
summary = ["Replace this with the key message for this cause."]
introduction = "Replace this: say what the leaflet on this cause is about."
why = "Replace this: say why it happens."
signs = []                              # other signs, each a text

# kind picks the picture: wash brush cream clothes pressure food sleep no-squeeze doctor
[[cause.do]]
id = "first-advice"
kind = "doctor"
text = "Replace this with one thing to do."

# [[cause.medicines]]
# id = "example"
# inn = "example"                       # the international name
# name = "Example"                      # the name patients read
# form = "cream"                        # cream, ointment, gel or shampoo
# supply = "prescribed"                 # prescribed, guided or directed

[[daily]]
id = "every-day"
kind = "sleep"
text = "Replace this with one thing to do every day."

# A warning that no leaflet drops.
[[safety]]
id = "warning"
text = "Replace this with what the reader must never do."
locked = true
""")
