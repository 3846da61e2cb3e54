"""From a leaflet's blocks to pages of positioned glyphs: fonts, bidi, breaks, shaping, paragraphs, pages. Pure."""
