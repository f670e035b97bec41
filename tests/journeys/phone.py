"""The phone of the journey, run inside its own network host; prints what it saw as JSON.

    phone.py PROFILE_HOME open  URL           without certificate, on the open page
    phone.py PROFILE_HOME trust URL AUTHORITY installs the authority, then uses HTTPS

No certificate error is ever ignored: trust comes from the profile's certificate store alone.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip


def read_checks(page: Page, url: str) -> dict[str, str]:
    page.goto(f"{url}hubungkan/periksa/")
    # By selector: the page's policy forbids evaluating strings, which waiting for a function does.
    page.wait_for_selector("[data-check]:not([data-outcome])", state="detached")
    rows = page.query_selector_all("[data-check]")
    return {str(row.get_attribute("data-check")): str(row.get_attribute("data-outcome"))
            for row in rows}  # fmt: skip


def look_at_open_page(page: Page, url: str, home: Path) -> dict[str, Any]:
    seen: dict[str, Any] = {"checks": read_checks(page, url)}
    page.set_input_files("[data-qr-photo]", home / "qr.png")
    page.wait_for_selector("[data-qr-text]:not(:empty)")
    seen["qr"] = page.inner_text("[data-qr-text]")
    response = page.goto(f"{url}akun/masuk/")
    seen["signin_status"] = response.status if response else 0
    page.goto(f"{url}hubungkan/")
    seen["fingerprint"] = page.inner_text(".fingerprint")
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh sertifikat").click()
    download.value.save_as(home / "otoritas.crt")
    return seen


def look_over_https(page: Page, url: str) -> dict[str, Any]:
    response = page.goto(f"{url}akun/masuk/")
    return {"signin_status": response.status if response else 0, "checks": read_checks(page, url)}


def install_authority(home: Path, certificate: str) -> None:
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True, exist_ok=True)
    base = ["certutil", "-d", f"sql:{store}"]
    subprocess.run([*base, "-N", "--empty-password"], check=True)
    subprocess.run([*base, "-A", "-t", "C,,", "-n", "otoritas", "-i", certificate], check=True)


def main() -> None:
    home, action, url = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    os.environ["HOME"] = str(home)
    if action == "trust":
        install_authority(home, sys.argv[4])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 360, "height": 740})
        try:
            if action == "open":
                seen = look_at_open_page(page, url, home)
            else:
                seen = look_over_https(page, url)
        except Error as error:
            seen = {"error": error.message.splitlines()[0]}
        browser.close()
    print(json.dumps(seen))  # noqa: T201


if __name__ == "__main__":
    main()
