"""Files reach a WebDAV folder whole and once, or the reason is said."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from station.sync.target import Address, Refused, Unreachable
from station.sync.webdav import WebDavTarget
from tests.unit.sync.items import CONTENT, NAME, make_item, webdav_address
from tests.web import PASSWORD, Certificates, Fault, FaultProxy, Heard, Instead, Web, webdav_server


@pytest.fixture
def web(tmp_path: Path, certificates: Certificates) -> Iterator[Web]:
    with webdav_server(tmp_path / "server", certificates) as web:
        yield web


@pytest.fixture
def target(web: Web) -> Iterator[WebDavTarget]:
    with closing(WebDavTarget(webdav_address(web), PASSWORD)) as target:
        yield target


def names(web: Web) -> list[str]:
    return sorted(path.name for path in web.folder.iterdir())


def test_a_file_arrives_byte_for_byte_under_its_name_and_nothing_else_is_left(
    web: Web, target: WebDavTarget, tmp_path: Path
) -> None:
    item = make_item(tmp_path)
    assert not target.holds(item)

    target.send(item)

    assert names(web) == [NAME]
    assert (web.folder / NAME).read_bytes() == CONTENT
    assert target.holds(item)


def test_a_vietnamese_name_with_signs_arrives_as_it_is(
    web: Web, target: WebDavTarget, tmp_path: Path
) -> None:
    item = make_item(tmp_path, name="Điểm danh & ký nhận 27.10 (đợt 1).xlsx")

    target.send(item)

    assert names(web) == [item.name]
    assert target.holds(item)


def test_an_empty_and_a_large_file_arrive(web: Web, target: WebDavTarget, tmp_path: Path) -> None:
    for number, content in enumerate((b"", bytes(range(256)) * 4096)):
        item = make_item(tmp_path, content, f"{number}.segment")
        target.send(item)
        assert (web.folder / item.name).read_bytes() == content


def test_sending_twice_changes_nothing(web: Web, target: WebDavTarget, tmp_path: Path) -> None:
    item = make_item(tmp_path)
    target.send(item)
    written_at = (web.folder / NAME).stat().st_mtime_ns

    target.send(item)

    assert names(web) == [NAME]
    assert (web.folder / NAME).stat().st_mtime_ns == written_at


def test_another_file_of_that_name_is_never_overwritten(
    web: Web, target: WebDavTarget, tmp_path: Path
) -> None:
    (web.folder / NAME).write_bytes(b"of somebody else")
    item = make_item(tmp_path)

    with pytest.raises(Refused, match=NAME):
        target.send(item)

    assert not target.holds(item)
    assert names(web) == [NAME]
    assert (web.folder / NAME).read_bytes() == b"of somebody else"


def test_a_temporary_that_was_left_does_not_matter(web: Web, target: WebDavTarget, tmp_path: Path) -> None:
    item = make_item(tmp_path)
    (web.folder / f".{NAME}.{item.sha256[:12]}.upload").write_bytes(b"half of")

    target.send(item)

    assert names(web) == [NAME]


def test_a_longer_file_of_that_name_is_not_read_to_its_end(web: Web, tmp_path: Path) -> None:
    (web.folder / NAME).write_bytes(CONTENT + bytes(20_000_000))
    with FaultProxy(web.url) as proxy:
        with closing(WebDavTarget(webdav_address(web, proxy.url), PASSWORD)) as target:
            assert not target.holds(make_item(tmp_path))

        assert proxy.answered < 10_000_000


def test_the_test_makes_the_folder_and_leaves_nothing_in_it(web: Web) -> None:
    address = webdav_address(web, f"{web.url}Kết quả 100%/")
    with closing(WebDavTarget(address, PASSWORD)) as target:
        target.test()
        target.test()

    assert names(web) == ["Kết quả 100%"]
    assert list((web.folder / "Kết quả 100%").iterdir()) == []


def test_sending_makes_a_folder_that_is_not_there(web: Web, tmp_path: Path) -> None:
    with closing(WebDavTarget(webdav_address(web, f"{web.url}ket-qua"), PASSWORD)) as target:
        target.send(make_item(tmp_path))

    assert (web.folder / "ket-qua" / NAME).read_bytes() == CONTENT


def test_a_folder_without_a_parent_is_refused(web: Web) -> None:
    with (
        closing(WebDavTarget(webdav_address(web, f"{web.url}not/there"), PASSWORD)) as target,
        pytest.raises(Refused, match="/not/there"),
    ):
        target.test()


def test_an_address_that_is_a_file_is_refused(web: Web) -> None:
    (web.folder / "file").write_bytes(b"")
    with (
        closing(WebDavTarget(webdav_address(web, f"{web.url}file"), PASSWORD)) as target,
        pytest.raises(Refused),
    ):
        target.test()


def test_a_wrong_password_is_refused_and_not_shown(web: Web) -> None:
    with (
        closing(WebDavTarget(webdav_address(web), "sesame")) as target,
        pytest.raises(Refused) as refusal,
    ):
        target.test()

    assert "sesame" not in str(refusal.value) + repr(target) + repr(vars(target))


@pytest.mark.parametrize(("status", "is_refused"), [("405 Not Allowed", True), ("501 Not Implemented", True)])
def test_a_server_that_cannot_rename_is_refused(
    web: Web, target: WebDavTarget, tmp_path: Path, status: str, is_refused: bool
) -> None:
    web.instead = lambda heard: Instead(status) if heard.method == "MOVE" else None

    for wish in (target.test, lambda: target.send(make_item(tmp_path))):
        with pytest.raises(Refused):
            wish()


def test_a_server_that_overwrites_when_it_renames_is_refused(web: Web, target: WebDavTarget) -> None:
    web.instead = lambda heard: Instead("204 No Content") if heard.method == "MOVE" else None

    with pytest.raises(Refused):
        target.test()


def test_what_arrived_damaged_is_not_renamed(web: Web, target: WebDavTarget, tmp_path: Path) -> None:
    damaged = (("Content-Type", "application/octet-stream"), ("Content-Length", str(len(CONTENT))))
    web.instead = lambda heard: (
        Instead("200 OK", damaged, [bytes(len(CONTENT))]) if heard.method == "GET" else None
    )

    with pytest.raises(Unreachable):
        target.send(make_item(tmp_path))

    assert names(web) == []


def test_a_file_that_changed_after_it_was_queued_is_refused(
    web: Web, target: WebDavTarget, tmp_path: Path
) -> None:
    item = make_item(tmp_path)

    for bytes_now in (len(CONTENT) - 1, len(CONTENT) + 1):
        item.path.write_bytes(bytes(bytes_now))
        with pytest.raises(Refused):
            target.send(item)
    item.path.unlink()
    with pytest.raises(Refused):
        target.send(item)

    assert NAME not in names(web)


def sent_through(proxy: FaultProxy, address: Address, tmp_path: Path) -> None:
    with closing(WebDavTarget(replace(address, url=proxy.url), PASSWORD, deadline_s=10)) as target:
        target.send(make_item(tmp_path))


@pytest.mark.parametrize("in_tls", [True, False], ids=["bytes of TLS", "bytes of HTTP"])
@pytest.mark.parametrize("side", ["cut_request_after", "cut_answer_after"])
def test_wherever_it_is_cut_no_half_file_has_the_name_and_the_next_sending_ends_well(
    tmp_path: Path, certificates: Certificates, side: str, in_tls: bool
) -> None:
    with webdav_server(tmp_path / "server", certificates if in_tls else None) as web:
        address = replace(webdav_address(web), ca=certificates.ca)
        outer = None if in_tls else certificates
        with FaultProxy(web.url, certificates=outer) as proxy:
            sent_through(proxy, address, tmp_path)
            total = proxy.sent if side == "cut_request_after" else proxy.answered
        cuts = sorted({0, 1, total - 1, *range(0, total, max(1, total // 16))})
        for cut in cuts:
            (web.folder / NAME).unlink()
            with FaultProxy(web.url, certificates=outer, faults=[Fault(**{side: cut})]) as proxy:
                try:
                    sent_through(proxy, address, tmp_path)
                except Unreachable:
                    assert not (web.folder / NAME).exists() or (web.folder / NAME).read_bytes() == CONTENT
                    sent_through(proxy, address, tmp_path)
            assert names(web) == [NAME], cut
            assert (web.folder / NAME).read_bytes() == CONTENT


def test_what_a_network_repeats_arrives_once(tmp_path: Path, certificates: Certificates) -> None:
    with webdav_server(tmp_path / "server") as web:
        with FaultProxy(web.url, certificates=certificates, faults=[Fault(repeat=True)]) as proxy:
            sent_through(proxy, replace(webdav_address(web), ca=certificates.ca), tmp_path)
            proxy.wait()
        methods = [heard.method for heard in web.requests]

        assert methods == methods[: len(methods) // 2] * 2
        assert (web.folder / NAME).read_bytes() == CONTENT
        with closing(WebDavTarget(webdav_address(web), PASSWORD)) as target:
            target.send(make_item(tmp_path))
        assert names(web) == [NAME]


def test_a_connection_that_the_server_closed_meanwhile_is_no_fault(
    web: Web, certificates: Certificates, tmp_path: Path
) -> None:
    item = make_item(tmp_path)
    with (
        FaultProxy(web.url) as proxy,
        closing(WebDavTarget(webdav_address(web, proxy.url), PASSWORD)) as target,
    ):
        target.send(item)
        assert proxy.connections == 1
        proxy.cut_all()

        assert target.holds(item)
        assert proxy.connections == 2


def test_a_page_in_place_of_a_file_is_a_network_that_wants_a_login(
    web: Web, target: WebDavTarget, tmp_path: Path
) -> None:
    page = Instead("200 OK", (("Content-Type", "text/html; charset=utf-8"),), [b"<html>Wi-Fi</html>"])
    web.instead = lambda _heard: page

    for wish in (
        target.test,
        lambda: target.send(make_item(tmp_path)),
        lambda: target.holds(make_item(tmp_path)),
    ):
        with pytest.raises(Unreachable) as fault:
            wish()
        assert fault.value.wants_login


def test_a_web_page_is_a_file_like_another(web: Web, target: WebDavTarget, tmp_path: Path) -> None:
    item = replace(make_item(tmp_path, b"<html>", "report.html"), media_type="text/html")

    target.send(item)

    assert target.holds(item)


def test_the_password_goes_to_the_server_alone(web: Web, target: WebDavTarget, tmp_path: Path) -> None:
    with webdav_server(tmp_path / "elsewhere") as elsewhere:

        def to_elsewhere(_heard: Heard) -> Instead:
            return Instead("307 Temporary Redirect", (("Location", elsewhere.url),))

        web.instead = to_elsewhere
        for wish in (
            target.test,
            lambda: target.send(make_item(tmp_path)),
            lambda: target.holds(make_item(tmp_path)),
        ):
            with pytest.raises(Unreachable) as fault:
                wish()
            assert fault.value.wants_login

        assert elsewhere.requests == []
