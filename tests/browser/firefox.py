"""Drive a real Firefox over WebDriver BiDi, which it speaks itself: a process, a WebSocket, and nothing to install."""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def path() -> str | None:
    """The browser: ``FIREFOX``, or what the system has."""
    names = ("firefox-esr", "firefox")
    return os.environ.get("FIREFOX") or next((found for name in names if (found := shutil.which(name))), None)


class Socket:
    """A WebSocket client, as far as BiDi needs one: text messages, no extensions."""

    def __init__(self, port: int, resource: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        key = base64.b64encode(os.urandom(16)).decode("ascii")
        head = f"GET {resource} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        self._socket.sendall(f"{head}Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode("ascii"))
        self._stream = self._socket.makefile("rb")
        status = self._stream.readline()
        while self._stream.readline().strip():
            pass
        if b" 101 " not in status:
            self.close()
            raise ConnectionError(status.decode("latin-1"))

    def send(self, text: str) -> None:
        data = text.encode("utf-8")
        size, mask = len(data), os.urandom(4)
        head = struct.pack("!BB", 0x81, 0x80 | size) if size < 126 else struct.pack("!BBH", 0x81, 0xFE, size)
        self._socket.sendall(head + mask + bytes(byte ^ mask[k % 4] for k, byte in enumerate(data)))

    def receive(self) -> str:
        parts = []
        while True:
            first, second = self._stream.read(2)
            size = second & 127
            if size > 125:
                size = struct.unpack("!H" if size == 126 else "!Q", self._stream.read(2 if size == 126 else 8))[0]
            data = self._stream.read(size)
            if first & 15 < 3:
                parts.append(data)
                if first & 128:
                    return b"".join(parts).decode("utf-8")

    def close(self) -> None:
        self._stream.close()
        self._socket.close()


class Firefox:
    """One tab. ``complaints``: errors and warnings of the page; ``requests``: what it asked for."""

    def __init__(self, port: int) -> None:
        self._socket = Socket(port, "/session")
        self._number = 0
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._tab = ""

    def begin(self) -> None:
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self._tab = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def call(self, method: str, **params: Any) -> Any:
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.receive())
            if message.get("id") == self._number:
                assert message["type"] == "success", message
                return message["result"]
            self._note(message)

    def _note(self, message: dict[str, Any]) -> None:
        params = message.get("params", {})
        if message.get("method") == "log.entryAdded" and params["level"] in ("error", "warn"):
            self.complaints.append(str(params["text"]))
        elif message.get("method") == "network.beforeRequestSent" and params.get("context") == self._tab:
            self.requests.append(str(params["request"]["url"]))

    def open(self, file: Path, hash_: str = "", *, size: tuple[int, int] = (1280, 800)) -> None:
        """Open a page and wait until its texts are read."""
        self.call("browsingContext.setViewport", context=self._tab, viewport={"width": size[0], "height": size[1]})
        self.call("browsingContext.navigate", context=self._tab, url="about:blank", wait="complete")
        self.complaints.clear()
        self.requests.clear()
        self.call("browsingContext.navigate", context=self._tab, url=file.as_uri() + hash_, wait="complete")
        self.until("document.documentElement.dataset.texts === 'ready'")

    def js(self, expression: str) -> Any:
        """The value of an expression, by way of JSON."""
        wrapped = f"JSON.stringify({expression})"
        done = self.call(
            "script.evaluate", expression=wrapped, target={"context": self._tab}, awaitPromise=True, userActivation=True
        )
        assert done["type"] == "success", done
        return json.loads(done["result"]["value"]) if done["result"]["type"] == "string" else None

    def until(self, expression: str, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not self.js(f"!!({expression})"):
            assert time.monotonic() < end, expression
            time.sleep(0.05)

    def click(self, x: float, y: float) -> None:
        """A click with the mouse, at a point of the viewport."""
        steps = [{"type": "pointerMove", "x": round(x), "y": round(y)}]
        steps += [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]  # type: ignore[list-item]
        self.call(
            "input.performActions",
            context=self._tab,
            actions=[{"type": "pointer", "id": "mouse", "actions": steps}],
        )

    def picture(self) -> bytes:
        """The viewport as PNG."""
        return base64.b64decode(self.call("browsingContext.captureScreenshot", context=self._tab)["data"])

    def close(self) -> None:
        self._socket.close()


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """A headless Firefox with a profile of its own, for as long as the block lasts."""
    program = path()
    assert program
    profile.mkdir(parents=True)
    # Nothing of its own goes out.
    quiet = {
        "datareporting.policy.dataSubmissionEnabled": False,
        "app.update.enabled": False,
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": 9,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": 9,
        "network.proxy.no_proxies_on": "",
    }
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in quiet.items()]
    (profile / "user.js").write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    environment = {**os.environ, "HOME": str(profile), "MOZ_DISABLE_CONTENT_SANDBOX": "1"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as process:
        try:
            port, end = profile / "WebDriverBiDiServer.json", time.monotonic() + 60
            while not port.exists() or not port.read_text("utf-8").strip():
                assert process.poll() is None, "Firefox went away"
                assert time.monotonic() < end, "Firefox does not answer"
                time.sleep(0.1)
            told = json.loads(port.read_text(encoding="utf-8"))
            browser = Firefox(int(told["ws_port"]))
            try:
                browser.begin()
                yield browser
            finally:
                browser.close()
        finally:
            process.terminate()
            process.wait(30)
