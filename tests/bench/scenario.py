"""The actions that `make bench` counts, done through the functions' own HTTP interface on the real engine."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.capacity import Cost, counted
from parvis_infra.tables import create_all
from support import authenticator, factories, published
from support.client import Browser, Portal
from support.engine import ROOT, engine
from werkzeug.wrappers import Response

from functions.domain import passwords
from functions.domain.foyer import Child, FoyerFile
from functions.domain.months import BookedDay, ChildMonth
from functions.gateways import hashing
from functions.kit import app as kit_app
from functions.kit import clock, config
from functions.kit import rules as kit_rules
from functions.reglement.source import compile_directory
from functions.store import access as access_store
from functions.store import accounts, months
from functions.store.access import Access
from functions.store.accounts import Account
from functions.store.transactions import Transaction

_PASSWORD = "une place devant la mairie"
_MONTHS = ("2027-01", "2027-03", "2027-06")


class Scenario:
    """Use it with `with`: it starts an engine of its own and the demonstration town's rules."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        endpoint = self._stack.enter_context(engine(folder / "bench.db"))
        self._stack.enter_context(clock.at(datetime(2026, 11, 21, 9, tzinfo=UTC)))
        reglement = folder / "reglement.json"
        reglement.write_bytes(compile_directory(ROOT / "content/commune"))
        create_all(endpoint, "bench-", "eu-west-3")
        config.use(
            config.Config(
                origin="http://localhost:8000",
                region="eu-west-3",
                table_prefix="bench-",
                dynamodb_endpoint=endpoint,
                session_keys={"k": b"k" * 32},
                pepper=b"p" * 32,
                health_key=b"h" * 32,
                reglement=reglement,
                mail=f"maildir://{folder}/mail",
                mail_from="bench@villeparvis.example",
                behind_cloudfront=False,
                robot_cost=1,
            )
        )
        kit_app.prepare()
        self._portal = Portal(config.current())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def dashboard(self) -> Cost:
        """A family whose items weigh about 16 KB: three children, months of bookings already made."""
        file, browser = self._family(3)
        activity, _ = self._activity_with_places()
        for number in range(12, 12 + 8):
            month = f"{2026 + (number - 1) // 12}-{(number - 1) % 12 + 1:02}"
            transaction = Transaction()
            for child in file.children:
                months.add_month(transaction, file.foyer_id, self._full(child, activity, month))
            transaction.commit()
        with _counted_between_looks() as cost:
            _expect(browser.get("/api/family/dashboard"), 200)
        return cost

    def sign_in(self) -> Cost:
        """Identifiant and password of an active account, from a device never seen."""
        browser, typed = self._portal.browser(), self._credentials()
        with counted() as cost:
            _expect(browser.post("/api/accounts/sessions", typed), 200)
        return cost

    def sign_in_by_passkey(self) -> Cost:
        """The challenge and its signature, from a device never seen."""
        owner, device = self._portal.browser(), authenticator.Authenticator()
        _expect(owner.post("/api/accounts/sessions", self._credentials()), 200)
        asked = authenticator.ask(owner, _PASSWORD)
        _expect(owner.post(authenticator.PATH, device.made(authenticator.options_of(asked))), 201)
        with counted() as cost:
            _expect(authenticator.sign_in(self._portal.browser(), device), 200)
        return cost

    def refresh(self) -> Cost:
        """What an open page costs each quarter of an hour."""
        browser = self._portal.browser()
        _expect(browser.post("/api/accounts/sessions", self._credentials()), 200)
        with counted() as cost:
            _expect(browser.post("/api/accounts/sessions/refresh"), 204)
        return cost

    def _credentials(self) -> dict[str, str]:
        """Those of an account made once."""
        if accounts.find_claim("IDENTIFIANT", "bench", clock.now()) is None:
            account = Account(
                account_id="b" * 32,
                username="bench",
                email="bench@exemple.fr",
                password_hash=hashing.hash_secret(passwords.canonical(_PASSWORD)),
                status="active",
                created_at=clock.now(),
                profile={"title": "Mme", "given_names": ["Camille"], "usual_name": "Martin"},
            )
            transaction = Transaction()
            accounts.add(transaction, account)
            for kind, value in (("IDENTIFIANT", account.username), ("COURRIEL", account.email)):
                accounts.claim(transaction, kind, value, account.account_id, now=clock.now())
            access_store.add(transaction, Access(account.account_id, "Mme", "Camille", "Martin", account.email))
            transaction.commit()
        return {"username": "bench", "password": _PASSWORD}

    def look_for_rules(self) -> Cost:
        """What a warm process does once a minute, while it knows the files of the rules in force and to come."""
        now, compiled = clock.now(), config.current().reglement.read_bytes()
        for days in (-30, 30):
            published.publish(compiled, now + timedelta(days=days))
        rules = kit_rules.Rules()
        rules.current()
        with clock.at(now + timedelta(minutes=2)), counted() as cost:
            rules.current()
        return cost

    def month(self, children: int) -> Cost:
        """Every open day of a month for each child, in an activity whose places are counted."""
        file, browser = self._family(children)
        calendar, body, version = self._changes(browser, file)
        assert calendar["children"]
        with _counted_between_looks() as cost:
            _expect(browser.post("/api/reservations/changes", body, headers={"If-Match": version}), 201)
        return cost

    def telephones(self) -> Cost:
        """A guardian's own telephones: what the page does most."""
        _, browser = self._family(1)
        version = str(browser.get("/api/family/details").get_json()["me"]["version"])
        body = {"title": "Mme", "phones": ["06 12 34 56 78"]}
        with _counted_between_looks() as cost:
            _expect(browser.post("/api/family/details", body, headers={"If-Match": version}), 200)
        return cost

    def address(self) -> Cost:
        """A change of address, asked of an agent."""
        _, browser = self._family(1)
        version = browser.get("/api/family/details").get_json()["address"]["version"]
        body = {"line1": "8 place Neuve", "postcode": "44000", "town": "Nantes", "together": True}
        with _counted_between_looks() as cost:
            _expect(browser.post("/api/family/details/address", body, headers={"If-Match": version}), 200)
        return cost

    def cancel(self) -> Cost:
        file, browser = self._family(2)
        _, body, version = self._changes(browser, file)
        _expect(browser.post("/api/reservations/changes", body, headers={"If-Match": version}), 201)
        child, day = body["children"][0]["child_id"], body["children"][0]["book"][-1]
        calendar, version = self._calendar(browser, body["month"], body["activity"], [child])
        price = next(entry for entry in calendar["children"][0]["days"] if entry["day"] == day)["price_centimes"]
        cancel = {
            **body,
            "expected_total_centimes": -price,
            "children": [{"child_id": child, "book": [], "cancel": [day]}],
        }
        with _counted_between_looks() as cost:
            _expect(browser.post("/api/reservations/changes", cancel, headers={"If-Match": version}), 201)
        return cost

    def _family(self, children: int) -> tuple[FoyerFile, Browser]:
        _, school = self._activity_with_places()
        level = kit_rules.current().schools[school].levels[0]
        kids = [factories.child(name, school=school, level=level) for name in ("Léo", "Zoé", "Anna")[:children]]
        file = factories.family(*kids)
        return file, factories.signed_in(self._portal, file.foyer_id)

    def _activity_with_places(self) -> tuple[str, str]:
        rules = kit_rules.current()
        for activity in rules.activities.values():
            if activity.capacity and activity.capacity.per_school:
                return activity.id, next(iter(activity.capacity.per_school))
        raise LookupError("the demonstration town has no activity with places per school")

    def _changes(self, browser: Browser, file: FoyerFile) -> tuple[dict[str, Any], dict[str, Any], str]:
        activity, _ = self._activity_with_places()
        ids = [child.person_id for child in file.children]
        found = [(self._calendar(browser, month, activity, ids), month) for month in _MONTHS]
        (calendar, version), month = max(found, key=lambda entry: len(_free(entry[0][0]["children"][0])))
        wanted = [(child["child_id"], _free(child)) for child in calendar["children"]]
        body = {
            "month": month,
            "activity": activity,
            "rules_hash": calendar["rules_hash"],
            "expected_total_centimes": sum(price for _, days in wanted for _, price in days),
            "children": [{"child_id": child, "book": [day for day, _ in days], "cancel": []} for child, days in wanted],
        }
        return calendar, body, version

    def _calendar(self, browser: Browser, month: str, activity: str, children: list[str]) -> tuple[dict[str, Any], str]:
        query = "".join(f"&child={child}" for child in children)
        response = browser.get(f"/api/reservations/calendar?month={month}&activity={activity}{query}")
        _expect(response, 200)
        content: dict[str, Any] = response.json
        return content, content["version"]

    def _full(self, child: Child, activity: str, month: str) -> ChildMonth:
        year, number = (int(part) for part in month.split("-"))
        days = tuple(BookedDay(date(year, number, day), 340, "0" * 64) for day in range(1, 18))
        return ChildMonth(child.person_id, activity, month, days)


@contextmanager
def _counted_between_looks() -> Iterator[Cost]:
    """The look for the rules, once a minute a process, has a row of its own."""
    kit_rules._own = kit_rules.Rules()
    kit_rules.current()
    with counted() as cost:
        yield cost


def _free(child: dict[str, Any]) -> list[tuple[str, int]]:
    return [
        (day["day"], day["price_centimes"])
        for day in child["days"]
        if day["open"] and day["state"] == "free" and day["booking"]["allowed"]
    ]


def _expect(response: Response, status: int) -> None:
    if response.status_code != status:
        raise RuntimeError(f"{response.status_code} instead of {status}: {response.get_data(as_text=True)[:300]}")
