"""Take the picture of `notebooks/explore.ipynb` in JupyterLab that the README shows; run `make report` before.

    .venv/bin/python docs/notebook_picture.py docs/notebook.png

The browser is Chromium, found on the path or named by the variable ``CHROMIUM``.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "explore.ipynb"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Seconds that a server or a kernel may take.
PATIENCE = 120


@contextmanager
def jupyterlab(notebook: Path, theme: str = "JupyterLab Light") -> Iterator[str]:
    """Serve a notebook by a JupyterLab with settings of its own, which asks nobody for news; gives its address."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        token = secrets.token_hex()
        names = (
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "JUPYTERLAB_SETTINGS_DIR",
            "JUPYTERLAB_WORKSPACES_DIR",
        )
        environment = {name: f"{folder}/{name.lower()}" for name in names}
        settings = Path(environment["JUPYTERLAB_SETTINGS_DIR"], "@jupyterlab", "apputils-extension")
        settings.mkdir(parents=True)
        for name, values in (
            ("notification", {"fetchNews": "false", "checkForUpdates": False}),
            ("themes", {"theme": theme}),
        ):
            (settings / f"{name}.jupyterlab-settings").write_text(json.dumps(values))
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
                *("--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={token}", str(notebook)),
            ],
            env=os.environ | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/api?token={token}", server)
            yield f"http://127.0.0.1:{port}/lab/tree/{notebook.name}?token={token}"
        finally:
            server.terminate()
            server.wait()


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address).close()
            return
        except urllib.error.URLError:
            time.sleep(0.2)
    raise RuntimeError("JupyterLab does not answer: run `make lab` to see why.")


def run_all(page: Page, address: str) -> None:
    """Open the notebook and run its cells, until the reader is there."""
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(address)
    page.get_by_text("| Idle").wait_for()  # the status of the kernel, once there is one
    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.locator(".reader .prose").last.wait_for()


def choose(page: Page, what: str, label: str) -> None:
    """Choose in one of the lists, and wait until the view has followed."""
    before = page.locator(".reader").last.inner_text()
    page.get_by_label(what, exact=True).select_option(label=label)
    page.wait_for_function(
        "before => [...document.querySelectorAll('.reader')].at(-1)?.innerText !== before", arg=before
    )


def main(picture: str) -> None:
    """Take the picture: what is possible in the bundled article."""
    with jupyterlab(NOTEBOOK) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        run_all(page, address)
        choose(page, "Certainty", "Possible")
        page.keyboard.press("Control+b")  # the list of files goes
        page.evaluate("document.querySelector('.widget-vbox').scrollIntoView()")
        page.mouse.move(0, 0)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "docs/notebook.png")
