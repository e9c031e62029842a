"""The outbox over a network that fails at random: every file arrives once, whole, and only then counts as confirmed."""

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station.app import Station
from station.commands import main
from station.exchange.verify import verify
from station.model.sending import RowState
from station.model.verdict import Source
from station.store import outbox as store
from station.sync.endpoint import EndpointTarget
from station.sync.sending import Sender
from station.sync.target import Address, Kind, Target
from station.sync.webdav import WebDavTarget
from tests.builders import HandClock, make_event, opened, payload
from tests.certificates import Certificates, make_certificates
from tests.keyrings import no_keyring
from tests.web import (
    PASSWORD,
    TOKEN,
    USER,
    Fault,
    FaultProxy,
    Heard,
    Instead,
    Web,
    results_server,
    webdav_server,
)

FILES = 10
MOST_ROUNDS = 60


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(params=["webdav", "https"])
def web(request: pytest.FixtureRequest, tmp_path: Path, certificates: Certificates) -> Iterator[Web]:
    server = webdav_server if request.param == "webdav" else results_server
    with server(tmp_path / request.param, certificates) as web:
        yield web


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with opened(make_event(tmp_path / "event"), clock=HandClock()) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        yield station


def target_at(web: Web, url: str) -> Target:
    if web.folder.name == "webdav":
        return WebDavTarget(Address(Kind.WEBDAV, url, USER, web.ca), PASSWORD)
    return EndpointTarget(Address(Kind.ENDPOINT, url, "", web.ca), TOKEN)


def sender_to(station: Station, web: Web, url: str) -> Sender:
    kind = Kind.WEBDAV if web.folder.name == "webdav" else Kind.ENDPOINT
    with station.files.reading() as connection:
        known = store.targets(connection)
    if not known:
        station.files.write(lambda c: store.add_target(c, "Mạng", kind, url, "", "", "metered"))  # type: ignore[arg-type]
    return Sender(station.files, station.clock, lambda _stored: target_at(web, url), random.Random(1))


def rows(station: Station) -> list[store.OutboxRow]:
    with station.files.reading() as connection:
        return store.rows(connection)


def arrived(web: Web) -> list[str]:
    """SHA-256 of every whole file that the server keeps, temporary ones left out."""
    return sorted(
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in web.folder.rglob("*")
        if path.is_file() and not path.name.startswith(".") and path.suffix in (".segment", "")
    )


def test_a_network_that_fails_at_random_loses_and_doubles_nothing(station: Station, web: Web) -> None:
    chance = random.Random(web.folder.name)
    with FaultProxy(web.url) as proxy:
        sender = sender_to(station, web, proxy.url + "/")
        for number in range(FILES):
            station.desk.redeem(payload(number % 5 + 1), Source.CAMERA)
            station.clock.forward(minutes=3)  # type: ignore[attr-defined]
            proxy.faults = [
                Fault(
                    cut_request_after=chance.choice([None, chance.randrange(3000)]),
                    cut_answer_after=chance.choice([None, None, chance.randrange(2500)]),
                    repeat=chance.random() < 0.2,
                )
                for _fault in range(4)
            ]
            sender.round(by_hand=False)
            there = set(arrived(web))
            for row in rows(station):
                if row.state is RowState.CONFIRMED:
                    assert row.sha256 in there
        proxy.faults = []
        for _round in range(MOST_ROUNDS):
            if {row.state for row in rows(station)} == {RowState.CONFIRMED}:
                break
            station.clock.forward(minutes=20)  # type: ignore[attr-defined]
            sender.round()
    assert {row.state for row in rows(station)} == {RowState.CONFIRMED}
    wanted = sorted(row.sha256 for row in rows(station))
    assert [digest for digest in arrived(web) if digest in wanted] == wanted


def test_a_login_page_is_no_success_and_everything_goes_once_it_is_through(
    station: Station, web: Web
) -> None:
    page = ("<!DOCTYPE html><html><body>Wi-Fi khách sạn: mời đăng nhập</body></html>".encode(),)
    web.instead = lambda _heard: Instead("200 OK", (("Content-Type", "text/html; charset=utf-8"),), page)
    sender = sender_to(station, web, web.url)
    (done,) = sender.round()
    assert done.confirmed == 0
    with station.files.reading() as connection:
        (stored,) = store.targets(connection)
    assert stored.wants_login
    assert {row.state for row in rows(station)} == {RowState.PENDING}
    web.instead = None
    sender.round(by_hand=True)
    assert {row.state for row in rows(station)} == {RowState.CONFIRMED}


def test_one_file_that_the_server_does_not_take_holds_up_no_other(station: Station, web: Web) -> None:
    sender = sender_to(station, web, web.url)
    refused: list[str] = []

    def refuse_the_first(heard: Heard) -> Instead | None:
        if heard.method != "PUT" or (refused and heard.path != refused[0]):
            return None
        refused.append(heard.path)
        return Instead("413 Too Large", (("Content-Type", "text/plain"),), (b"too large",))

    web.instead = refuse_the_first
    for serial in (1, 2, 3):
        station.desk.redeem(payload(serial), Source.CAMERA)
        station.clock.forward(minutes=3)  # type: ignore[attr-defined]
        sender.round()
    states = [row.state for row in rows(station)]
    assert states.count(RowState.REFUSED) == 1
    assert states.count(RowState.CONFIRMED) == len(states) - 1
    (kept,) = [row for row in rows(station) if row.state is RowState.REFUSED]
    assert "too large" in kept.said


def test_the_commands_send_to_a_webdav_server_with_a_password_of_its_own(
    tmp_path: Path, certificates: Certificates, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_event(tmp_path / "event")
    with opened(folder) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
    (tmp_path / "secret").write_text(PASSWORD, "utf-8")
    (tmp_path / "word").write_text("mật khẩu ban tổ chức", "utf-8")
    word = ["--passphrase-file", str(tmp_path / "word"), "--json"]

    def call(*arguments: object) -> tuple[int, list[dict[str, Any]]]:
        code = main([*map(str, arguments)])
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    with no_keyring(), webdav_server(tmp_path / "cloud", certificates) as web:
        add = ["targets", folder, *word[:2], "add", "webdav", web.url + "tap-huan/", "--user", USER]
        add += ["--secret-file", tmp_path / "secret", "--ca", web.ca, "--name", "Mây", "--json"]
        assert call(*add)[0] == 0
        code, (answer,) = call("targets", folder, *word[:2], "test", "Mây", "--json")
        assert (code, answer["ok"]) == (0, True), answer
        code, (sent,) = call("sync", folder, *word)
        assert (code, sent["error"]) == (0, "")
        arrived_there = list((tmp_path / "cloud" / "tap-huan").iterdir())
        assert len(arrived_there) == sent["confirmed"]
        assert all(verify(path).ok for path in arrived_there if path.suffix == ".segment")
        code, (without,) = call("targets", folder, "test", "Mây", "--json")
        assert (code, without["ok"]) == (1, False)
