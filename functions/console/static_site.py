"""The built site, served from a folder as the object store and CloudFront serve it on AWS."""

import hashlib
import mimetypes
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# Not every machine's mime.types knows these.
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".ico": "image/x-icon",
    ".ics": "text/calendar",
    ".xml": "application/xml",
    ".txt": "text/plain",
    ".html": "text/html",
}
_TEXT = ("text/", "application/json", "application/manifest+json", "application/xml", "image/svg+xml")


class StaticSite:
    """A WSGI application over `root`: directory indexes, ETag, 304, HEAD, 404.html. `headers` go on every answer."""

    def __init__(self, root: Path, headers: Mapping[str, str]) -> None:
        self.root = root.resolve()
        self.headers = [*headers.items()]
        self._etags: dict[tuple[str, int, int], str] = {}

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in {"GET", "HEAD"}:
            return self._answer(
                start_response, HTTPStatus.METHOD_NOT_ALLOWED, b"", [("Allow", "GET, HEAD")], head=False
            )
        path = "/" + _decoded(environ.get("PATH_INFO", "/")).lstrip("/")
        head = method == "HEAD"
        target = self._target(path)
        if target is None:
            return self._missing(start_response, head=head)
        if target.is_dir():
            return self._directory(environ, start_response, path, target, head=head)
        return self._file(environ, start_response, target, HTTPStatus.OK, head=head)

    def _target(self, path: str) -> Path | None:
        """The file or folder meant by a URL path; None when it is not there or would leave the site."""
        if "\x00" in path or "\\" in path:
            return None
        parts = [part for part in path.split("/") if part]
        if any(part.startswith(".") and part != ".well-known" for part in parts):
            return None
        target = self.root.joinpath(*parts)
        try:
            if path.endswith("/") and target.is_file():
                return None
            inside = target.exists() and target.resolve().is_relative_to(self.root)
        except OSError:  # a name longer than a disk can hold
            return None
        return target if inside else None

    def _directory(
        self,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
        path: str,
        target: Path,
        *,
        head: bool,
    ) -> Iterable[bytes]:
        index = target / "index.html"
        if not index.is_file():
            return self._missing(start_response, head=head)
        if not path.endswith("/"):
            # Exactly one slash in front: « //elsewhere » would lead off the site.
            query = environ.get("QUERY_STRING", "")
            location = "/" + quote(path.strip("/")) + "/" + (f"?{query}" if query else "")
            return self._answer(start_response, HTTPStatus.MOVED_PERMANENTLY, b"", [("Location", location)], head=head)
        return self._file(environ, start_response, index, HTTPStatus.OK, head=head)

    def _missing(self, start_response: "StartResponse", *, head: bool) -> Iterable[bytes]:
        page = self.root / "404.html"
        content = page.read_bytes() if page.is_file() else "Cette page n’existe pas.".encode()
        kind = "text/html" if page.is_file() else "text/plain"
        return self._answer(
            start_response, HTTPStatus.NOT_FOUND, content, [("Content-Type", f"{kind}; charset=utf-8")], head=head
        )

    def _file(
        self,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
        path: Path,
        status: HTTPStatus,
        *,
        head: bool,
    ) -> Iterable[bytes]:
        content = path.read_bytes()
        etag = self._etag(path, content)
        extra = [("ETag", etag), ("Cache-Control", "no-cache")]
        if etag in {tag.strip() for tag in environ.get("HTTP_IF_NONE_MATCH", "").split(",")}:
            return self._answer(start_response, HTTPStatus.NOT_MODIFIED, b"", extra, head=True)
        return self._answer(start_response, status, content, [*extra, ("Content-Type", _content_type(path))], head=head)

    def _etag(self, path: Path, content: bytes) -> str:
        found = path.stat()
        stamp = (str(path), found.st_mtime_ns, found.st_size)
        if stamp not in self._etags:
            self._etags[stamp] = f'"{hashlib.sha256(content).hexdigest()[:24]}"'
        return self._etags[stamp]

    def _answer(
        self,
        start_response: "StartResponse",
        status: HTTPStatus,
        content: bytes,
        extra: list[tuple[str, str]],
        *,
        head: bool,
    ) -> Iterable[bytes]:
        headers = [*self.headers, *extra]
        if status is not HTTPStatus.NOT_MODIFIED:
            headers.append(("Content-Length", str(len(content))))
        start_response(f"{status.value} {status.phrase}", headers)
        return [] if head else [content]


def _decoded(path: str) -> str:
    """WSGI hands the bytes of the path over as latin-1; addresses are UTF-8."""
    return path.encode("latin-1", "replace").decode("utf-8", "replace")


def _content_type(path: Path) -> str:
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(_TEXT) else kind
