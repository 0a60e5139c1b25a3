"""What a user is told when a service is away, slow, wrong, or has changed."""

from __future__ import annotations

import json
import re
import socket
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from calibration.refresh import RefreshError, RefreshOrder, refresh
from calibration.refresh.catalogue import read_catalogue
from calibration.refresh.jsonstat import read_dataset
from calibration.refresh.service import Pace, Service, wait_asked
from tests.refresh_support import Variable, as_at_scb, contents, problem, served, years

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def service():
    with served(as_at_scb()) as running:
        yield running


def told(service, folder, tables: str = "births", say=lambda _: None) -> str:
    order = RefreshOrder(tables, out=folder / "new", base_url=service.url, kolada_url=service.url)
    with pytest.raises(RefreshError) as error:
        refresh(order, say)
    assert not (folder / "new").exists()
    return re.sub(r"\s+", " ", str(error.value))


def test_offline(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(RefreshError) as error:
        refresh(RefreshOrder("births", out=tmp_path / "new", base_url=url), lambda _: None)
    words = str(error.value)
    assert f"{url}/config: no connection: " in words
    assert f"{url}/config: no connection: Failed to establish a new connection: [Errno" in words
    assert "Connection refused" in words
    assert list(tmp_path.iterdir()) == []
    assert "Norrsim runs on the bundled tables" in words


def test_without_the_package_that_fetches(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "requests", None)
    with pytest.raises(RefreshError, match=r"the package 'requests' is missing\.\n  Install what the lock file names"):
        refresh(RefreshOrder("births", out=tmp_path / "new"), lambda _: None)


def test_no_address(tmp_path):
    with pytest.raises(RefreshError, match=r"scb:/config: cannot be asked: .*\n  Check the address"):
        refresh(RefreshOrder("births", out=tmp_path / "new", base_url="scb:"), lambda _: None)


def test_too_many_calls_are_waited_out_as_long_as_the_service_asks(service, tmp_path):
    said: list[str] = []
    service.scripted["TAB1264/metadata"] = [(429, {"Retry-After": "0"}, b"")] * 2
    order = RefreshOrder("births", out=tmp_path / "new", base_url=service.url)
    refresh(order, said.append)
    assert said.count("the service has been asked too often (429); trying again in 0 s") == 2


def test_a_service_that_asks_to_wait_long_is_left_alone(service, tmp_path):
    service.scripted["config"] = [(429, {"Retry-After": "3600"}, b"")]
    assert "asks to wait 3600 seconds. Try again after that. What has been fetched is kept" in told(service, tmp_path)


def test_waiting_may_be_asked_for_in_seconds_or_until_a_time():
    later = datetime.now(UTC) + timedelta(seconds=30)
    assert wait_asked("7") == 7
    assert wait_asked(format_datetime(later, usegmt=True)) == pytest.approx(30, abs=2)
    assert wait_asked("soon") is None
    assert wait_asked(None) is None


def test_no_more_calls_are_made_than_the_service_allows_in_its_window():
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(3, 10.0, sleep, lambda: now[0])
    for _ in range(7):
        pace.keep()
        now[0] += 1.0
    assert slept == [7.0, 7.0]


def test_a_service_without_a_limit_is_not_waited_for():
    pace = Pace(0, 10.0, lambda _: pytest.fail("waited"))
    pace.keep()
    pace.keep()
    assert not pace.made


def test_passing_trouble_is_waited_out_longer_each_time(service):
    waits: list[float] = []
    service.scripted["config"] = [(503, {}, b"")] * 3
    talk = Service(service.url, Pace(100, 1.0, waits.append), lambda _: None)
    assert talk.ask("config").state == 200
    assert waits == [1.0, 2.0, 4.0]


def test_an_answer_that_breaks_off_is_asked_for_again(service):
    service.scripted["config"] = [(200, {"Content-Length": "500"}, b"{")]
    said: list[str] = []
    talk = Service(service.url, Pace(100, 1.0, lambda _: None), said.append)
    assert talk.ask("config").json()["apiVersion"] == "2.2.0"
    assert said == ["the answer broke off: IncompleteRead(1 bytes read, 499 more expected); trying again in 1 s"]


def test_a_login_page_instead_of_an_answer(service, tmp_path):
    service.scripted["config"] = [(200, {"Content-Type": "text/html"}, b"<html>Log in to the guest network</html>")]
    words = told(service, tmp_path)
    assert "the answer is no JSON but text/html: <html>Log in" in words
    assert "A login page of the network, or a proxy, may stand between" in words


def test_an_address_that_is_no_pxwebapi(service, tmp_path):
    service.scripted["config"] = [(404, {}, b"")]
    assert "there is no PxWebApi 2 here (404). The address must be that of a PxWebApi 2" in told(service, tmp_path)
    service.scripted["config"] = [(200, JSON, b'{"maxDataCells": 1}')]
    assert "the service does not tell its limits." in told(service, tmp_path)


def test_an_unknown_table(service, tmp_path):
    del service.tables["TAB1264"]
    words = told(service, tmp_path)
    assert "table TAB1264: the service knows no such table (404). SCB has renamed or closed it" in words
    assert "calibration/refresh/tables.toml" in words


def test_an_unknown_key_figure(service, tmp_path):
    service.figures.clear()
    assert "open-unemployment (N03937): Kolada has no such key figure." in told(service, tmp_path, "open-unemployment")


def test_a_variable_that_has_another_name(service, tmp_path):
    service.tables["TAB1264"].variables[1].code = "ModernsAlder"
    words = told(service, tmp_path)
    assert "births (TAB1264): 'AlderModer' is not a known variable of the table." in words
    assert "The table has changed at SCB." in words
    assert "or leave this table out for now: --tables" in words


def test_a_new_variable_that_must_be_chosen(service, tmp_path):
    service.tables["TAB1264"].variables.insert(1, Variable("Fodelseland", {"SE": "Sverige"}))
    assert "the table now asks for a choice of 'Fodelseland' (fodelseland)." in told(service, tmp_path)


def test_a_municipality_that_is_gone(service, tmp_path):
    del service.codelists["vs_RegionKommun07"]["2482"]
    assert "births (TAB1264): '2482' is not a known value of Region." in told(service, tmp_path)


def test_a_codelist_that_is_gone(service, tmp_path):
    service.tables["TAB1264"].variables[0].codelists = ("vs_RegionKommun25",)
    words = told(service, tmp_path)
    assert "'vs_RegionKommun07' is not a known codelist of Region. Did you mean 'vs_RegionKommun25'?" in words


def test_contents_that_have_changed(service, tmp_path):
    service.tables["TAB1264"].variables[-2] = contents(A="Antal", B="Tal")
    service.tables["TAB1212"].variables[-2] = contents(A="Inflyttade")
    words = told(service, tmp_path, "births,moves")
    assert "the table has 2 contents where one was expected. They are: Antal, Tal." in words
    assert "moves (TAB1212): 'Inflyttningar' is not a known content of the table. Did you mean 'Inflyttade'?" in words


def test_a_variable_without_a_total(service, tmp_path):
    service.tables["TAB1264"].variables[1] = Variable("AlderModer", {"30": "30 år", "31": "31 år"})
    assert "'AlderModer' has no total, and cannot be left out." in told(service, tmp_path)


def test_a_table_without_the_years(service, tmp_path):
    service.tables["TAB1264"].variables[-1] = years(1968, 1990)
    assert "births (TAB1264): the table has none of the years from 2000 on" in told(service, tmp_path)


def test_a_refusal_in_the_services_own_words(service, tmp_path):
    service.scripted["TAB1264/data"] = [problem(400, "Non-existent value")]
    assert "births (TAB1264): the service refuses the question (400): Non-existent value." in told(service, tmp_path)
    service.scripted["TAB1264/data"] = [(403, {}, b"")]
    assert "the service refuses the question (403): no reason given. Try again later." in told(service, tmp_path)


def damaged(service, **changes) -> bytes:
    """Good metadata of a table with something changed, as an answer with data."""
    from tests.refresh_support import dataset

    table = service.tables["TAB1264"]
    codes = {"Region": ["2401"], "ContentsCode": ["BE0101E2"], "Tid": ["2024"]}
    return json.dumps(dataset(table, codes) | {"value": [1]} | changes).encode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"class": "collection"}, "it is no JSON-stat 2 dataset"),
        ({"version": "1.1"}, "it is no JSON-stat 2 dataset"),
        ({"size": [1, 1]}, "'id' and 'size' do not fit together"),
        ({"size": [1, 1, 2]}, "the variable 'Tid' has 1 values, but its size is 2"),
        ({"dimension": {}}, "the variable 'Region' is not described"),
        ({"value": [1, 2]}, "'value' has 2 cells where 1 belong"),
        ({"value": {"1": 2}}, "a position in 'value' is outside the 1 cells"),
        ({"value": {"a": 2}}, "a position in 'value' is no whole number"),
        ({"value": ["7"]}, "cell 0 holds '7', which is no number"),
        ({"value": None}, "'value' is missing"),
        ({"status": ["", ""]}, "'status' has 2 cells where 1 belong"),
    ],
)
def test_damaged_json_stat(service, changes, words):
    with pytest.raises(RefreshError, match=f"births: the answer is damaged: {re.escape(words)}"):
        read_dataset(json.loads(damaged(service, **changes)), "births")


def test_an_answer_with_other_values_than_were_asked_for(service, tmp_path):
    service.scripted["TAB1264/data"] = [(200, JSON, damaged(service))]
    assert "of 'Region' 29 values were asked for, and 1 values came." in told(service, tmp_path)


def test_dense_and_sparse_cells_are_the_same(service):
    dense = read_dataset(json.loads(damaged(service, value=[None], status=[".."])), "x").cells
    sparse = read_dataset(json.loads(damaged(service, value={}, status={"0": ".."})), "x").cells
    one = read_dataset(json.loads(damaged(service, value={}, status="..")), "x").cells
    assert dense.equals(sparse)
    assert dense.equals(one)


def test_a_damaged_kolada_answer(service, tmp_path):
    service.scripted["/data/kpi"] = [(200, JSON, b'{"values": [{"municipality": "2401"}]}')]
    words = told(service, tmp_path, "open-unemployment")
    assert "open-unemployment (N03937): the answer is damaged: KeyError 'values'." in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[table", "the table list is damaged"),
        ("derived = {}\ntable = []\n[services.scb]\nurl = 1\n", "services.scb.url"),
    ],
)
def test_a_damaged_table_list(tmp_path, text, words):
    path = tmp_path / "tables.toml"
    path.write_text(text)
    with pytest.raises(RefreshError, match=words):
        read_catalogue(path)
