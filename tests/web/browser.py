"""Headless Chromium over its own debugging pipe: no driver, no web socket, nothing but the standard library.

Chromium reads commands from descriptor 3 and answers on 4, each a JSON text that ends with a zero byte (the Chrome
DevTools Protocol, ``--remote-debugging-pipe``).
"""

import base64
import json
import shutil
import subprocess
import tempfile
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--hide-scrollbars", "--force-color-profile=srgb", "--remote-debugging-pipe",
)  # fmt: skip
# The pipes are the shell's standard input and output until it hands them on as 3 and 4.
LAUNCH = 'exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1'
Scheme = Literal["light", "dark"]


class Browser(AbstractContextManager["Browser"]):
    """One browser with one tab."""

    def __init__(self) -> None:
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", LAUNCH, PROGRAM, *FLAGS, f"--user-data-dir={self._profile.name}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._numbers = count(1)
        self._waiting = b""
        self._events: list[dict[str, Any]] = []
        self._session = ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")
        self.ask("Page.setLifecycleEventsEnabled", enabled=True)
        self.ask("Network.enable")

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()
        self._profile.cleanup()

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to one command; events that come meanwhile are kept."""
        number = next(self._numbers)
        command = {"id": number, "method": method, "params": params}
        if self._session:
            command["sessionId"] = self._session
        assert self._process.stdin
        self._process.stdin.write(json.dumps(command).encode() + b"\0")
        self._process.stdin.flush()
        while True:
            message = self._receive()
            if message.get("id") == number:
                assert "error" not in message, message["error"]
                return dict(message["result"])
            self._events.append(message)

    def screen(self, scheme: Scheme = "light", width: int = 1100, height: int = 900) -> None:
        """Look at pages on a screen of this size, from a telephone's below 600 pixels."""
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.ask("Emulation.setDeviceMetricsOverride", **size)

    def open(self, file: Path, scheme: Scheme = "light", width: int = 1100, height: int = 900) -> list[str]:
        """Load a page; the addresses that it asked for, its own first."""
        self.screen(scheme, width, height)
        self._events.clear()
        answer = self.ask("Page.navigate", url=file.absolute().as_uri())
        assert "errorText" not in answer, f"{file.name}: {answer['errorText']}"
        while not any(_is_load(event, answer["loaderId"]) for event in self._events):
            self._events.append(self._receive())
        requests = [event for event in self._events if event.get("method") == "Network.requestWillBeSent"]
        return [str(event["params"]["request"]["url"]) for event in requests]

    def run(self, script: str) -> Any:
        """The value of a script in the page; a promise is awaited."""
        found = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def picture(self) -> bytes:
        """The window as a PNG."""
        return base64.b64decode(self.ask("Page.captureScreenshot")["data"])

    def printed(self) -> bytes:
        """The page as Chromium prints it, a PDF."""
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        while b"\0" not in self._waiting:
            data = self._process.stdout.read1(1 << 20)  # type: ignore[attr-defined]
            assert data, "the browser is gone"
            self._waiting += data
        text, _, self._waiting = self._waiting.partition(b"\0")
        return dict(json.loads(text))


def _is_load(event: dict[str, Any], loader: str) -> bool:
    said = event.get("params", {})
    return event.get("method") == "Page.lifecycleEvent" and (said["name"], said["loaderId"]) == ("load", loader)
