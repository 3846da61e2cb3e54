"""Writing: pages and a leaflet become one tagged PDF, PDF/UA-1 and PDF/A-2a at once. ReportLab lives here only."""
