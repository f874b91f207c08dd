"""The real provider of tests/oidc, started for a test; and a person who walks through its pages without a screen."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from urllib.parse import urlencode, urljoin

import urllib3

from support.engine import ROOT, free_port

CLIENT = "parvis-essai"
SECRET = "un-secret-d-essai-qui-est-long"  # of invented people, on a loopback address


@contextmanager
def running(portal: str) -> Iterator[str]:
    """Its issuer, once it answers. It leaves with its standard input."""
    port = free_port()
    with subprocess.Popen(  # noqa: S603 - ours
        [shutil.which("node") or "node", str(ROOT / "tests/oidc/provider.mjs"), str(port), CLIENT, SECRET, portal],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            while line := process.stdout.readline():
                if line.strip() == b"ready":
                    break
            assert process.poll() is None, "the provider does not start"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.stdin.close()
            process.wait(10)


_MOST_STEPS = 8


class Walker:
    """Keeps the provider's cookies, and follows its redirects until they leave for the portal."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.pool = urllib3.PoolManager(retries=False, timeout=10)
        self.cookies: dict[str, str] = {}

    def go(self, address: str, who: str) -> str:
        """Choose a person where asked ("" gives up); return the portal's address that it ends at."""
        for _ in range(_MOST_STEPS):
            if not address.startswith(self.issuer):
                return address
            answer = self._ask("GET", address)
            if "/interaction/" in address:
                answer = self._ask("POST", address, urlencode({"who": who}))
            elif "op.logoutForm" in answer.data.decode():
                answer = self._log_out(answer.data.decode())
            assert answer.status in {302, 303}, answer.data.decode()
            address = urljoin(address, answer.headers["Location"])
        raise AssertionError(f"the provider goes round in circles: {address}")

    def _log_out(self, page: str) -> urllib3.BaseHTTPResponse:
        action = unescape(page.partition('action="')[2].partition('"')[0])
        xsrf = page.partition('name="xsrf" value="')[2].partition('"')[0]
        return self._ask("POST", action, urlencode({"xsrf": xsrf, "logout": "yes"}))

    def _ask(self, method: str, address: str, body: str = "") -> urllib3.BaseHTTPResponse:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self.pool.request(method, address, body=body or None, headers=headers, redirect=False)
        for line in answer.headers.getlist("Set-Cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer
