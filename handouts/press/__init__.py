"""Print runs: manifest → jobs → formes → impressions → print-ready files → ledger. The road of one leaflet, for many."""
