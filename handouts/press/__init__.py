"""Print runs: manifest → jobs → formes → impressions → print-ready files → ledger."""
