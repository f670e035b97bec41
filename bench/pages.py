"""Pages of the demo regency and of a wave of 240 villages: weight, queries, time of the server.

The first view is what a real browser with an empty cache loads, every answer gzipped. Queries are
those of the second call of a page, as of every later one. The peer of the large board is the board
of the demo's forty villages: what remains when there are six times fewer.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from bench.row import Row, write_rows

FIRST_VIEW_BYTES_MAX = 100_000
LARGE_WAVE_VILLAGES, LARGE_WAVE_NAME = 240, "Gelombang 240 desa"
LARGE_REGENCY, LARGE_DESK = "35.07", "desk.malang"
CREATED = datetime(2026, 6, 15, 2, 0, tzinfo=UTC)
POLL_DATE = date(2026, 11, 23)
BOARD = "/panitia/gelombang/{large}/papan/"
SMALL_BOARD = "/panitia/gelombang/{wave}/papan/"
LARGE_PAGES = ("", "papan/", "papan/?tahap=pencalonan", "alarm/", "kalender/", "desa/", "andai/")
START_SECONDS_MAX = 60


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="fewer villages, fewer repeats")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="pilkades-bench-") as home:
        os.environ["PILKADES_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        _play_demo()
        addresses = _fill_addresses(_open_large_wave(40 if quick else LARGE_WAVE_VILLAGES))
        rows = [
            *_measure_weights(addresses),
            *_measure_queries(addresses),
            *_measure_board(addresses, repeats=3 if quick else 9),
        ]
    write_rows("pages", rows)
    return 0


def _play_demo() -> None:
    from pilkades.cli.init import prepare_installation
    from pilkades.config.boot import DEMO

    prepare_installation(settings_module=DEMO)
    from pilkades.demo.regency import play_regency

    play_regency(progress=lambda line: print(f"  {line}", file=sys.stderr, flush=True))


def _open_large_wave(villages: int) -> str:
    """A wave through the services, in a regency with villages enough; its UUID."""
    from pilkades.apps.accounts.roles import Role
    from pilkades.apps.elections.services.create_wave import create_wave
    from pilkades.apps.elections.services.simulate import set_wave_moment
    from pilkades.apps.regions.selectors import list_villages
    from pilkades.apps.regulations.models import PackVersion
    from pilkades.demo.cast import act_as, appoint
    from pilkades.demo.scripts import WAVE_MOMENT

    appoint(
        username=LARGE_DESK,
        full_name="Siti Aminah",
        role=Role.REGENCY_DESK,
        region_code=LARGE_REGENCY,
        now=CREATED,
    )
    desa = list_villages(regency_code=LARGE_REGENCY).filter(kind="DESA").order_by("code")
    codes = list(desa.values_list("code", flat=True)[:villages])
    wave = create_wave(
        actor=act_as(LARGE_DESK, now=CREATED),
        now=CREATED,
        regency_code=LARGE_REGENCY,
        name=LARGE_WAVE_NAME,
        poll_date=POLL_DATE,
        pack_uuid=PackVersion.objects.get(pack_id="nasional").uuid,
        village_codes=codes,
        is_simulation=True,
    )
    set_wave_moment(now=CREATED, wave_uuid=wave.uuid, moment=WAVE_MOMENT)
    return str(wave.uuid)


def _fill_addresses(large: str) -> dict[str, str]:
    from tests.main_pages import fill_addresses

    return {**fill_addresses(), "large": large}


def _client(username: str) -> Any:
    from django.test import Client

    from pilkades.apps.accounts.models import User

    client = Client(headers={"host": "localhost"})
    if username:
        client.force_login(User.objects.get(username=username))
    return client


# --- Weight -------------------------------------------------------------------------------------


def _measure_weights(addresses: dict[str, str]) -> list[Row]:
    from tests.browser import find_chromium
    from tests.main_pages import KUNINGAN

    chromium = find_chromium()
    if chromium is None:
        print("  tanpa Chromium bobot halaman tidak diukur", file=sys.stderr)
        return []
    views = (
        ("halaman desa", f"/desa/{KUNINGAN}/", ""),
        ("halaman depan", "/", ""),
        ("langkah berikutnya (panitia desa)", "/ruang/35.05.10.2002/", "ketua.jatinom"),
        ("papan 240 desa", BOARD.format(**addresses), LARGE_DESK),
    )
    with _serving() as base_url:
        return [
            _weigh_view(chromium, base_url, name, path, username) for name, path, username in views
        ]


def _weigh_view(chromium: str, base_url: str, name: str, path: str, username: str) -> Row:
    # Django refuses its database inside a loop, so the session is made before Playwright's begins.
    cookie = _client(username).cookies.get("sessionid") if username else None
    from playwright.sync_api import sync_playwright

    from tests.browser import FLAGS, PHONE, weigh

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(base_url=base_url, viewport=PHONE, locale="id-ID")  # type: ignore[arg-type]
        if cookie is not None:
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base_url}])
        weight = weigh(context.new_page(), path)
        browser.close()
    if not weight.by_url:
        raise RuntimeError(f"{path} was not served")
    return Row(
        name=f"tampilan pertama, {name}",
        value=weight.total_bytes / 1000,
        unit="kB",
        target="<= 100 kB",
        ok=weight.total_bytes <= FIRST_VIEW_BYTES_MAX,
        peer="berkas",
        peer_value=len(weight.by_url),
    )


@contextmanager
def _serving() -> Iterator[str]:
    from pilkades.config.boot import DEMO

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "pilkades.cli", "serve", "--settings", DEMO]
    server = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        _wait_until_served(f"http://localhost:{port}/ledger/kunci")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_served(url: str) -> None:
    for _ in range(START_SECONDS_MAX * 2):
        try:
            urllib.request.urlopen(url, timeout=2)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(url)


# --- Queries and time ---------------------------------------------------------------------------


def _measure_queries(addresses: dict[str, str]) -> list[Row]:
    from tests.main_pages import MAIN_PAGES, QUERIES_MAX

    counted = [
        (page.name, _count_queries(page.path.format(**addresses), page.username))
        for page in MAIN_PAGES
    ]
    large = [
        _count_queries(f"/panitia/gelombang/{addresses['large']}/{part}", LARGE_DESK)
        for part in LARGE_PAGES
    ]
    most = max(counted, key=lambda entry: entry[1])
    for name, queries in sorted(counted, key=lambda entry: -entry[1]):
        print(f"  {queries:>3}  {name}", file=sys.stderr)
    return [
        _query_row(f"kueri terbanyak, {len(counted)} halaman utama", most[1], QUERIES_MAX, most[0]),
        _query_row("kueri papan 240 desa", large[1], QUERIES_MAX, ""),
        _query_row("kueri terbanyak, halaman gelombang 240 desa", max(large), QUERIES_MAX, ""),
    ]


def _query_row(name: str, queries: int, limit: int, where: str) -> Row:
    return Row(
        name=f"{name} ({where})" if where else name,
        value=queries,
        unit="kueri",
        target=f"<= {limit}",
        ok=queries <= limit,
    )


def _count_queries(path: str, username: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client(username)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return len(captured)


def _measure_board(addresses: dict[str, str], *, repeats: int) -> list[Row]:
    from tests.main_pages import MAIN_PAGES

    large = _time_page(BOARD.format(**addresses), LARGE_DESK, repeats)
    small_desk = next(page.username for page in MAIN_PAGES if page.path == SMALL_BOARD)
    small = _time_page(SMALL_BOARD.format(**addresses), small_desk, repeats)
    return [
        Row(
            name="papan 240 desa, waktu server",
            value=large,
            unit="s",
            peer="papan 40 desa",
            peer_value=small,
        )
    ]


def _time_page(path: str, username: str, repeats: int) -> float:
    client = _client(username)
    client.get(path)
    taken = []
    for _ in range(repeats):
        started = time.perf_counter()
        client.get(path)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


if __name__ == "__main__":
    sys.exit(main())
