"""Writing: pages and a leaflet become one tagged PDF, PDF/UA-1 and PDF/A-2a at once. ReportLab lives here only."""

import os
import sys
from types import ModuleType

# ReportLab would run a program of the user's, ~/.reportlab_settings, and read RL_… from the environment, as it is first
# imported. The same request must give the same bytes everywhere, so its own defaults are all it gets.
sys.modules.setdefault("reportlab_settings", ModuleType("reportlab_settings"))
for _name in [name for name in os.environ if name.startswith("RL_")]:
    del os.environ[_name]
