"""The manifest that ``handouts batch --example`` writes: commented, and ready to run."""

from typing import Final

SAMPLE: Final = """\
# A manifest for handouts batch: one leaflet a row. Lines above the heads that begin with # are passed over.
# Try it:    handouts batch run.csv --dry-run
# Then:      handouts batch run.csv --merge -o stack
#
# Which leaflet: topic (may be left out if there is one only), cause (empty: all causes), locale (a tag or a name),
#                brand, format, paper. A column may be left out: --brand, --format … speak for all rows.
# How many:      copies. For a stack of leaflets for nobody in particular, this and the locale are all you need.
# For whom:      name, date, clinician, appointment, note, reference. These are printed as they stand, in any script;
#                leave them empty, or the columns out, for leaflets without a panel. References are not given twice.
#
cause,locale,format,copies,name,date,clinician,appointment,note,reference
follicular-keratosis,Spanish,standard,200,,,,,,
follicular-keratosis,ar,large,50,,,,,,
oily-skincare,en,standard,,Example Person,2026-03-31,Dr Example,2026-04-14 09:30,"Bring this leaflet, please.",A-0001
"""
