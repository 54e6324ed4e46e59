"""Opens pages of the report in Chromium and checks what a reader sees and does.

usage: browser.py CHROMIUM FOLDER

FOLDER/pages.json lists the pages there and what they hold, see browser_test.go. Every
check is a line of JSON on standard output: its name, what is wrong ("" if nothing is)
and what was measured.
"""

import http.server
import json
import pathlib
import re
import sys
import threading

from playwright.sync_api import sync_playwright

import reader
from visit import Visit, say

CHROMIUM, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])

# Software rendering, and none of the browser's own errands.
FLAGS = """--no-sandbox --disable-gpu --use-angle=swiftshader --enable-unsafe-swiftshader
--disable-quic --no-first-run --disable-background-networking --disable-component-update
--disable-sync --proxy-bypass-list=<-loopback>""".split()


class Counter(http.server.BaseHTTPRequestHandler):
    """A proxy that refuses, and remembers who asked for what."""

    asked = []

    def refuse(self):
        Counter.asked.append(f"{self.command} {self.path}")
        self.send_error(403)

    do_GET = do_POST = do_CONNECT = do_HEAD = do_OPTIONS = refuse

    def log_message(self, *_):
        pass


def url(page):
    return (FOLDER / page["file"]).as_uri()


def look(browser, page, window):
    """Checks a page in one window: what it looks like, and in some what it does."""
    visit = Visit(browser, url(page), page, window["width"], window["scheme"])
    visit.open()
    visit.fits()
    visit.charts()
    visit.fits("no scrolling sideways, charts drawn")
    if not page["brief"]:
        visit.violations("as opened")
    if window["use"]:
        use(visit, page)
    for kind in page["pictures"] if window["use"] else page["pictures"][:1]:
        reader.opens(visit, kind, window["use"])
    visit.close()


def use(visit, page):
    if page["bands"]:
        reader.bands(visit)
    if page["charts"] and not page["brief"]:
        reader.toggles(visit)
    if page["columns"]:
        reader.sorts(visit)
        reader.filters(visit)
    if "surface" in page["pictures"]:
        reader.keyboard(visit)


def look_on_paper(browser, page):
    visit = Visit(browser, url(page), page, 1600, "dark")
    visit.name = f"{page['name']}, print"
    visit.open()
    reader.prints(visit)
    visit.close()


def main():
    pages = json.loads((FOLDER / "pages.json").read_text())
    counter = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    threading.Thread(target=counter.serve_forever, daemon=True).start()
    proxy = {"server": f"http://127.0.0.1:{counter.server_port}"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, proxy=proxy)
        say("browser", note=f"Chromium {browser.version}")
        for page in pages:
            for window in page["windows"]:
                look(browser, page, window)
            if page["print"]:
                look_on_paper(browser, page)
        browser.close()
    # What the browser asks for itself; a page that asked there would fail above.
    own = re.compile(r"https?://\S*(google|googleapis)\.com|CONNECT \S*(google|googleapis|gvt1)\.com:443")
    asked = [line for line in Counter.asked if not own.search(line)]
    say("nothing asks the network", "; ".join(asked[:10]), f"{len(Counter.asked)} errands of the browser itself")
    say("done")


main()
