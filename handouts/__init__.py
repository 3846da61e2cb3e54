"""handouts: printable, accessible, localised patient leaflets.

The road of one leaflet is :func:`handouts.make.make`; read that first.
"""

__version__ = "0.1.0"
