"""A small client of headless Chromium: the DevTools protocol over a pair of pipes.

https://chromedevtools.github.io/devtools-protocol/
"""

import fcntl
import json
import os
import shutil
import signal
import tempfile
from base64 import b64decode
from pathlib import Path
from select import select
from time import monotonic

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = (
    "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--disable-ipc-flooding-protection",
)  # fmt: skip
# Seconds that a call may take, on a machine with much other work.
_PATIENCE = 300
# Events that a page must never cause, and the message for each.
_SIGNS = ("Page.javascriptDialogOpening", "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")


def _high(descriptor: int) -> int:
    """Return the same pipe end under a number above 10: the browser wants its own at 3 and 4."""
    copy = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(descriptor)
    return copy


class Chromium:
    """One browser with one page. Use it as a context manager."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="newsloom-chromium-")
        (to_read, self._to), (self._from, from_write) = (tuple(map(_high, os.pipe())) for _ in range(2))
        moves = [(os.POSIX_SPAWN_DUP2, to_read, 3), (os.POSIX_SPAWN_DUP2, from_write, 4)]
        silence = os.open(os.devnull, os.O_RDWR)
        moves += [(os.POSIX_SPAWN_DUP2, silence, number) for number in (0, 1, 2)]
        arguments = [PROGRAM, *_FLAGS, f"--user-data-dir={self._folder}", "about:blank"]
        # Chromium makes a socket in the folder for temporary files, and its path may be too long for one.
        environment = {name: value for name, value in os.environ.items() if name != "TMPDIR"}
        self._process = os.posix_spawn(PROGRAM, arguments, environment, file_actions=moves, setpgroup=0)
        for descriptor in (to_read, from_write, silence):
            os.close(descriptor)
        self._buffer, self._number, self._session = b"", 0, None
        self.events: list[dict] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> "Chromium":
        return self

    def __exit__(self, *_: object) -> None:
        os.killpg(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._to)
        os.close(self._from)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _message(self, timeout: float) -> dict:
        end = monotonic() + timeout
        while b"\0" not in self._buffer:
            if not select([self._from], [], [], max(0, end - monotonic()))[0]:
                raise TimeoutError(f"Chromium said nothing for {timeout} s")
            chunk = os.read(self._from, 1 << 20)
            if not chunk:
                raise ConnectionError("Chromium has gone")
            self._buffer += chunk
        raw, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(raw)

    def call(self, method: str, **params: object) -> dict:
        """Call a method of the protocol and give its result; events that come meanwhile are kept in `events`."""
        self._number += 1
        request = {"id": self._number, "method": method, "params": params}
        if self._session:
            request["sessionId"] = self._session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data) :]
        while True:
            message = self._message(_PATIENCE)
            if message.get("id") == self._number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self._keep(message)

    def _keep(self, message: dict) -> None:
        self.events.append(message)
        if message.get("method") == "Page.javascriptDialogOpening":
            self._number += 1
            answer = {"id": self._number, "method": "Page.handleJavaScriptDialog", "params": {"accept": False}}
            os.write(self._to, json.dumps(answer | {"sessionId": self._session}).encode() + b"\0")

    def open(self, path: Path, fragment: str = "") -> None:
        """Open a file and wait until it has loaded."""
        # By way of an empty page, since a change of fragment alone would load nothing.
        for url in ("about:blank", path.resolve().as_uri() + fragment):
            self.events.clear()
            self.call("Page.navigate", url=url)
            self.wait("Page.loadEventFired")

    def wait(self, method: str, timeout: float = _PATIENCE) -> None:
        """Wait for an event that has not come since the last `open`."""
        while not any(event.get("method") == method for event in self.events):
            self._keep(self._message(timeout))

    def settle(self, seconds: float = 0.1) -> None:
        """Let the page go on for a while, and keep the events that come; for what must not happen: else see `until`."""
        end = monotonic() + seconds
        while b"\0" in self._buffer or select([self._from], [], [], max(0, end - monotonic()))[0]:
            self._keep(self._message(_PATIENCE))

    def value(self, script: str) -> object:
        """Return the value of an expression, or of what its promise resolves to."""
        result = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True
        )
        if "exceptionDetails" in result:
            raise RuntimeError(json.dumps(result["exceptionDetails"])[:2000])
        return result["result"].get("value")

    def until(self, script: str, timeout: float = _PATIENCE) -> object:
        """Wait until an expression is true, and return its value. Raises TimeoutError, which names the expression."""
        end = monotonic() + timeout
        while not (value := self.value(script)):
            if monotonic() > end:
                raise TimeoutError(f"not true within {timeout} s: {script}")
            self.settle(0.01)
        return value

    def look(
        self, *, dark: bool = False, width: int = 1200, height: int = 900, media: str = "", scale: int = 1
    ) -> None:
        """Set colour scheme, size of the window in CSS pixels, medium, and device pixels per CSS pixel."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme, still])
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False
        )

    def screenshot(self, path: Path, *, clip: dict | None = None) -> None:
        """Write the view, or the part `clip` of the page, as PNG."""
        options = {"clip": clip | {"scale": 1}, "captureBeyondViewport": True} if clip else {}
        path.write_bytes(b64decode(self.call("Page.captureScreenshot", format="png", **options)["data"]))

    def signs(self) -> list[str]:
        """Return dialogs, exceptions, console messages and requests beyond the page's own file, since it was opened."""
        self.settle()
        events = [json.dumps(event["params"])[:500] for event in self.events if event.get("method") in _SIGNS]
        requests = [
            e["params"]["request"]["url"] for e in self.events if e.get("method") == "Network.requestWillBeSent"
        ]
        return events + [url for url in requests[1:] if not url.startswith("data:")]
