"""Catalogues on a round trip: to people who review in a spreadsheet or a translation tool, and back."""
