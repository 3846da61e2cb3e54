"""The composed leaflet as a self-contained web page, and as plain text for messages. Pure."""
