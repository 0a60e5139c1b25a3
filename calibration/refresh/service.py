"""A polite talk with a statistics service: its pace is kept, passing trouble waited out, lasting trouble told."""

from __future__ import annotations

import json
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from calibration.refresh.problems import RefreshError, ServiceError
from outputs.record import program_version

if TYPE_CHECKING:
    import requests

CONNECT, READ = 10.0, 120.0
"""Seconds waited for a connection, and for the next part of an answer."""
TRIES = 6
LONGEST_WAIT = 300.0
"""Seconds: a service that asks for more is left alone until the command is given again."""
FIRST_PAUSE = 1.0
"""Seconds before the second try; doubled each time (unless the service says how long)."""
TOO_MANY, NOT_FOUND = 429, 404
PASSING = (408, 425, TOO_MANY, 500, 502, 503, 504)
"""HTTP states that may pass: RFC 9110, section 15, and RFC 6585."""
LATER = "What has been fetched is kept: the same command goes on from there."
CONNECTION = re.compile(r"^(<[^>]*>|HTTPS?Connection(Pool)?\([^)]*\)): ")
"""How the network library begins a reason: nothing that the address does not tell."""
SHOWN = 200
"""Letters of an answer told in a message."""


@dataclass(frozen=True)
class Answer:
    """An answer: its address, state, bytes as they came, headers told in lower case."""

    url: str
    state: int
    body: bytes
    headers: dict[str, str]

    def json(self) -> Any:
        """What the body says. Raises RefreshError when it is no JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            kind = self.headers.get("content-type", "nothing")
            what = f"the answer is no JSON but {kind}: {_excerpt(self.body)}"
            way = "A login page of the network, or a proxy, may stand between: open the address in a browser."
            raise RefreshError(self.url, what, way) from None


@dataclass
class Pace:
    """At most `calls` in any `window` seconds; 0 calls: as many as wanted (PxWebApi says so)."""

    calls: int
    window: float
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    made: deque[float] = field(default_factory=deque)

    def keep(self) -> None:
        """Wait until one more call is within the pace, and note it."""
        if self.calls <= 0:
            return
        now = self.clock()
        while self.made and now - self.made[0] >= self.window:
            self.made.popleft()
        if len(self.made) >= self.calls:
            self.sleep(self.window - (now - self.made.popleft()))
        self.made.append(self.clock())


@dataclass
class Service:
    """A service at an address; `say` tells of waiting."""

    url: str
    pace: Pace
    say: Callable[[str], None]
    _session: requests.Session | None = None

    def ask(self, path: str, query: dict[str, str] | None = None, body: Any = None) -> Answer:
        """GET a path (POST when there is a body); answers of any lasting state come back. Raises ServiceError."""
        address = path if path.startswith(("http://", "https://")) else f"{self.url.rstrip('/')}/{path.lstrip('/')}"
        for attempt in range(1, TRIES + 1):
            self.pace.keep()
            answer, trouble = self._once(address, query, body)
            if answer is not None and answer.state not in PASSING:
                return answer
            if attempt < TRIES:
                self._wait(address, answer, trouble, attempt)
        raise ServiceError(address, f"{_told(answer, trouble)} ({TRIES} tries).", f"Try again later. {LATER}")

    def _once(self, address: str, query: dict[str, str] | None, body: Any) -> tuple[Answer | None, str]:
        session = self._open()
        import requests
        from urllib3.exceptions import MaxRetryError

        try:
            method = "GET" if body is None else "POST"
            got = session.request(method, address, params=query, json=body, timeout=(CONNECT, READ))
            headers = {name.lower(): value for name, value in got.headers.items()}
            return Answer(got.url, got.status_code, got.content, headers), ""
        except requests.exceptions.SSLError as error:
            raise ServiceError(address, f"the connection cannot be trusted: {_cause(error)}.", CERTIFICATES) from None
        except requests.exceptions.ProxyError as error:
            raise ServiceError(address, f"the proxy does not let it through: {_cause(error)}.", PROXY) from None
        except requests.exceptions.ConnectTimeout:
            raise ServiceError(address, f"no connection within {CONNECT:g} seconds.", OFFLINE) from None
        except (requests.exceptions.ReadTimeout, requests.exceptions.ChunkedEncodingError) as error:
            return None, f"the answer broke off: {_cause(error)}"
        except requests.exceptions.ConnectionError as error:
            if not isinstance(next(iter(error.args), None), MaxRetryError):  # it was there, and went away
                return None, f"the connection broke: {_cause(error)}"
            raise ServiceError(address, f"no connection: {_cause(error)}.", OFFLINE) from None
        except requests.exceptions.RequestException as error:
            raise ServiceError(address, f"cannot be asked: {_cause(error)}.", "Check the address.") from None

    def _open(self) -> requests.Session:
        if self._session is None:
            self._session = _new_session()
        return self._session

    def _wait(self, address: str, answer: Answer | None, trouble: str, attempt: int) -> None:
        asked = wait_asked(answer.headers.get("retry-after") if answer else None)
        if asked is None and answer is not None and answer.state == TOO_MANY:
            asked = self.pace.window
        seconds = asked if asked is not None else FIRST_PAUSE * 2 ** (attempt - 1)
        if seconds > LONGEST_WAIT:
            what = f"{_told(answer, trouble)}: the service asks to wait {seconds:.0f} seconds."
            raise ServiceError(address, what, f"Try again after that. {LATER}")
        self.say(f"{_told(answer, trouble)}; trying again in {seconds:.0f} s")
        self.pace.sleep(seconds)


OFFLINE = f"""Check the network, and the address if you gave one (a proxy goes into HTTPS_PROXY).
Nothing else needs it: Norrsim runs on the bundled tables (sim.py data status). {LATER}"""
CERTIFICATES = (
    "A network with its own certificates needs REQUESTS_CA_BUNDLE=<its certificate file>; ask whoever runs it."
)
PROXY = "Check HTTPS_PROXY and NO_PROXY with whoever runs the network."
MISSING = "Install what the lock file names: make setup (or pip install 'requests>=2.34')."


def wait_asked(header: str | None) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3: seconds, or a date); None when it says nothing."""
    if header is None:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _new_session() -> requests.Session:
    try:
        import requests
    except ImportError:
        raise ServiceError("data refresh", "the package 'requests' is missing.", MISSING) from None
    session = requests.Session()
    session.headers["User-Agent"] = f"Norrsim/{program_version()} (data refresh)"
    session.headers["Accept"] = "application/json"
    return session


def _told(answer: Answer | None, trouble: str) -> str:
    if answer is None:
        return trouble
    if answer.state == TOO_MANY:
        return "the service has been asked too often (429)"
    return f"the service has trouble ({answer.state}): {_excerpt(answer.body)}".rstrip(": ")


def _excerpt(body: bytes) -> str:
    text = " ".join(body.decode("utf-8", "replace").split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} …"


def _cause(error: BaseException) -> str:
    """The innermost reason of a wrapped network error."""
    while True:
        inner = next((each for each in error.args if isinstance(each, BaseException)), None)
        inner = inner or getattr(error, "reason", None)
        if not isinstance(inner, BaseException):
            break
        error = inner
    return CONNECTION.sub("", str(error)).rstrip(".") or type(error).__name__
