"""Files reach a results service whole and once, and only its own word in full counts."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from station.sync.endpoint import EndpointTarget
from station.sync.target import Refused, Unreachable
from tests.unit.sync.items import CONTENT, NAME, endpoint_address, make_item
from tests.web import TOKEN, Certificates, Fault, FaultProxy, Heard, Instead, Web, results_server

DOCS = Path(__file__).resolve().parents[3] / "docs"
SCHEMA: dict[str, Any] = json.loads((DOCS / "endpoint.schema.json").read_text("utf-8"))
TYPES = {"string": str, "integer": int, "boolean": bool, "object": dict}


@pytest.fixture
def web(tmp_path: Path, certificates: Certificates) -> Iterator[Web]:
    with results_server(tmp_path / "server", certificates) as web:
        yield web


@pytest.fixture
def target(web: Web) -> Iterator[EndpointTarget]:
    with closing(EndpointTarget(endpoint_address(web), TOKEN)) as target:
        yield target


def names(web: Web) -> list[str]:
    return sorted(path.name for path in web.folder.iterdir())


def says(
    answer: object, status: str = "200 OK", kind: str = "application/json"
) -> Callable[[Heard], Instead]:
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return lambda _heard: Instead(
        status, (("Content-Type", kind), ("Content-Length", str(len(body)))), [body]
    )


def test_a_file_arrives_byte_for_byte(web: Web, target: EndpointTarget, tmp_path: Path) -> None:
    item = make_item(tmp_path, name="Điểm danh; “ngày 1”, 100% (đợt 1).xlsx")
    target.test()
    assert not target.holds(item)

    target.send(item)

    assert (web.folder / item.name).read_bytes() == CONTENT
    assert target.holds(item)


def test_what_a_request_says_is_what_the_document_says(
    web: Web, target: EndpointTarget, tmp_path: Path
) -> None:
    item = make_item(tmp_path)

    target.send(item)

    (put,) = web.requests
    document = (DOCS / "endpoint.md").read_text("utf-8")
    assert (put.method, put.path) == ("PUT", f"/files/{item.sha256}")
    assert put.headers["authorization"] == f"Bearer {TOKEN}"
    assert put.headers["idempotency-key"] == f'"{item.sha256}"'
    assert put.headers["checkin-event"] == item.event
    for name in ("Content-Type", "Content-Length", "Repr-Digest", "Idempotency-Key", "Content-Disposition"):
        assert name.lower() in put.headers
        assert name in document


def test_with_a_user_the_secret_is_a_password(web: Web) -> None:
    address = replace(endpoint_address(web), user="office")
    with closing(EndpointTarget(address, "mật khẩu")) as target, pytest.raises(Refused):
        target.test()

    assert web.requests[0].headers["authorization"].startswith("Basic ")


def test_sending_twice_keeps_it_once(web: Web, target: EndpointTarget, tmp_path: Path) -> None:
    item = make_item(tmp_path)

    target.send(item)
    target.send(item)

    assert names(web) == [NAME]


def test_another_file_of_that_name_is_never_overwritten(
    web: Web, target: EndpointTarget, tmp_path: Path
) -> None:
    target.send(make_item(tmp_path, b"first"))

    with pytest.raises(Refused, match=NAME):
        target.send(make_item(tmp_path, b"second"))

    assert (web.folder / NAME).read_bytes() == b"first"
    assert not target.holds(make_item(tmp_path, b"second"))


def test_a_wrong_token_is_refused_and_not_shown(web: Web, tmp_path: Path) -> None:
    with closing(EndpointTarget(endpoint_address(web), "sesame")) as target:
        for wish in (target.test, lambda: target.send(make_item(tmp_path))):
            with pytest.raises(Refused) as refusal:
                wish()
            assert "sesame" not in str(refusal.value) + repr(vars(target))

    assert names(web) == []


def good(item: Any) -> dict[str, Any]:
    return {"sha256": item.sha256, "bytes": item.bytes, "name": item.name, "stored": True}


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "0" * 64},
        {"sha256": None},
        {"bytes": 1},
        {"bytes": str(len(CONTENT))},
        {"bytes": float(len(CONTENT))},
        {"name": "other"},
        {"stored": False},
        {"stored": 1},
        {"stored": "true"},
    ],
)
def test_a_word_that_is_not_about_this_file_confirms_nothing(
    web: Web, target: EndpointTarget, tmp_path: Path, change: dict[str, Any]
) -> None:
    item = make_item(tmp_path)
    web.instead = says(good(item) | change)

    with pytest.raises(Unreachable):
        target.send(item)
    assert not target.holds(item)


@pytest.mark.parametrize("key", ["sha256", "bytes", "name", "stored"])
def test_a_word_that_lacks_something_confirms_nothing(
    web: Web, target: EndpointTarget, tmp_path: Path, key: str
) -> None:
    item = make_item(tmp_path)
    said = good(item)
    del said[key]
    web.instead = says(said)

    with pytest.raises(Unreachable):
        target.send(item)


@pytest.mark.parametrize(
    "body", [b"", b"OK", b"[]", b"null", b"\xff\xfe", b"[" * 60_000, b'{"sha256": ' + b"9" * 5_000 + b"}"]
)
def test_what_is_no_json_object_confirms_nothing(
    web: Web, target: EndpointTarget, tmp_path: Path, body: bytes
) -> None:
    web.instead = says(body)

    for wish in (
        target.test,
        lambda: target.send(make_item(tmp_path)),
        lambda: target.holds(make_item(tmp_path)),
    ):
        with pytest.raises(Unreachable):
            wish()


def test_json_of_another_type_is_not_believed(web: Web, target: EndpointTarget, tmp_path: Path) -> None:
    item = make_item(tmp_path)
    web.instead = says(good(item), kind="text/plain")

    with pytest.raises(Unreachable):
        target.send(item)


def test_keys_that_nobody_knows_are_ignored(web: Web, target: EndpointTarget, tmp_path: Path) -> None:
    item = make_item(tmp_path)
    web.instead = says({**good(item), "more": {"a": 1}})

    target.send(item)

    assert target.holds(item)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"service": "other", "version": 1},
        {"service": "checkin-results"},
        {"service": "checkin-results", "version": 2},
        {"service": "checkin-results", "version": True},
    ],
)
def test_another_service_is_refused(web: Web, target: EndpointTarget, said: dict[str, Any]) -> None:
    web.instead = says(said)

    with pytest.raises(Refused):
        target.test()


def test_a_page_not_found_is_not_a_file_not_held(web: Web, target: EndpointTarget, tmp_path: Path) -> None:
    web.instead = says(b"<html>404</html>", "404 Not Found", "text/html")

    with pytest.raises(Refused):
        target.holds(make_item(tmp_path))


def test_a_login_page_and_a_redirect_are_no_connection_and_get_nothing(
    web: Web, target: EndpointTarget, tmp_path: Path
) -> None:
    with results_server(tmp_path / "elsewhere") as elsewhere:
        for instead in (
            Instead("200 OK", (("Content-Type", "text/html"),), [b"<html>"]),
            Instead("302 Found", (("Location", elsewhere.url), ("Content-Length", "0"))),
            Instead("308 Permanent Redirect", (("Location", elsewhere.url), ("Content-Length", "0"))),
            Instead("511 Network Authentication Required", (("Content-Type", "text/html"),), [b"<html>"]),
        ):
            web.instead = lambda _heard, instead=instead: instead
            item = make_item(tmp_path)
            for wish in (target.test, lambda: target.send(item), lambda: target.holds(item)):  # noqa: B023 - at once
                with pytest.raises(Unreachable) as fault:
                    wish()
                assert fault.value.wants_login

        assert elsewhere.requests == []


def test_a_busy_service_says_when_to_come_back(web: Web, target: EndpointTarget, tmp_path: Path) -> None:
    web.instead = lambda _heard: Instead(
        "503 Service Unavailable", (("Retry-After", "40"), ("Content-Length", "0"))
    )

    with pytest.raises(Unreachable) as fault:
        target.send(make_item(tmp_path))

    assert fault.value.retry_after_s == 40


@pytest.mark.parametrize("side", ["cut_request_after", "cut_answer_after"])
def test_wherever_it_is_cut_it_arrives_once_in_the_end(
    tmp_path: Path, certificates: Certificates, side: str
) -> None:
    for number, cut in enumerate((0, 1, 100, 200, 300, 500, 3_000, len(CONTENT), len(CONTENT) + 200)):
        with (
            results_server(tmp_path / str(number)) as web,
            FaultProxy(web.url, certificates=certificates, faults=[Fault(**{side: cut})]) as proxy,
        ):
            address = replace(endpoint_address(web, proxy.url), ca=certificates.ca)
            item = make_item(tmp_path)
            with closing(EndpointTarget(address, TOKEN)) as target:
                try:
                    target.send(item)
                except Unreachable:
                    target.send(item)
            with closing(EndpointTarget(endpoint_address(web), TOKEN)) as target:
                assert target.holds(item)
            assert names(web) == [NAME]
            assert (web.folder / NAME).read_bytes() == CONTENT


def test_what_a_network_repeats_arrives_once(tmp_path: Path, certificates: Certificates) -> None:
    with results_server(tmp_path / "server") as web:
        with FaultProxy(web.url, certificates=certificates, faults=[Fault(repeat=True)]) as proxy:
            address = replace(endpoint_address(web, proxy.url), ca=certificates.ca)
            with closing(EndpointTarget(address, TOKEN)) as target:
                target.send(make_item(tmp_path))
            proxy.wait()

        assert [heard.method for heard in web.requests] == ["PUT", "PUT"]
        assert names(web) == [NAME]


def breaches(value: object, schema: dict[str, Any]) -> list[str]:
    """What a value breaks of a schema; knows only the words that docs/endpoint.schema.json uses."""
    if "$ref" in schema:
        return breaches(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    unknown = set(schema) - {"type", "const", "pattern", "minimum", "minLength", "properties", "required"}
    found = [f"unknown word {word}" for word in unknown - {"title", "description"}]
    if "const" in schema and value != schema["const"]:
        found.append(f"{value!r} is not {schema['const']!r}")
    if "type" in schema and type(value) is not TYPES[schema["type"]]:
        return [*found, f"{value!r} is no {schema['type']}"]
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        found.append(f"{value!r} does not match")
    if isinstance(value, str) and len(value) < schema.get("minLength", 0):
        found.append("too short")
    if isinstance(value, int) and value < schema.get("minimum", value):
        found.append("too small")
    if isinstance(value, dict):
        found += [f"{key} is missing" for key in schema.get("required", ()) if key not in value]
        for key, part in schema.get("properties", {}).items():
            found += breaches(value[key], part) if key in value else []
    return found


def test_the_schema_and_the_station_agree_on_what_is_a_confirmation(
    web: Web, target: EndpointTarget, tmp_path: Path
) -> None:
    item = make_item(tmp_path)
    fits = SCHEMA["$defs"]["file"]
    assert breaches(good(item), fits) == []
    for change in (
        {"sha256": "0"},
        {"sha256": 1},
        {"bytes": -1},
        {"bytes": "1"},
        {"name": ""},
        {"stored": False},
    ):
        said = good(item) | change
        web.instead = says(said)
        assert breaches(said, fits)
        with pytest.raises(Unreachable):
            target.send(item)


def test_the_examples_of_the_document_fit_the_schema() -> None:
    examples = re.findall(
        r"<!-- (\w+) -->\s*```json\n(.*?)```", (DOCS / "endpoint.md").read_text("utf-8"), re.DOTALL
    )

    assert {kind for kind, _text in examples} == set(SCHEMA["$defs"])
    for kind, text in examples:
        assert breaches(json.loads(text), SCHEMA["$defs"][kind]) == []
