"""From authored values and a catalogue to a leaflet of blocks: meaning only, in one language. Pure."""
