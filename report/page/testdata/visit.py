"""A page in a window, and what is checked of every page."""

import contextlib
import json
import pathlib
import time

import axe_playwright_python

from pixels import blank, pixels

SHOWS = 1  # seconds until a page is ready that are worth no word
CAP = 5  # seconds that are a failure, on any machine
PATIENCE = 20_000  # milliseconds until something has to be seen, on a busy machine

# Remembers violations of the page's own policy, contexts of WebGL, when the page is ready
# and which charts it lacks on paper.
WATCH = """
window.watched = {violations: [], contexts: [], ready: null, lacking: null};
addEventListener('afterprint', () => {
  watched.lacking = [...document.querySelectorAll('main [data-chart]:not([data-drawn=true])')].map(e => e.dataset.chart);
});
document.addEventListener('securitypolicyviolation', e => watched.violations.push(e.violatedDirective + ' ' + e.blockedURI));
const getContext = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  const context = getContext.call(this, kind, ...rest);
  if (context && /webgl/.test(kind) && !watched.contexts.includes(context)) watched.contexts.push(context);
  return context;
};
new MutationObserver((_, observer) => {
  if (document.body?.dataset.ready !== 'true') return;
  watched.ready = performance.now();
  observer.disconnect();
}).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ['data-ready']});
"""

# What a page loads, or prepares to load, from elsewhere.
ELSEWHERE = """() => [...document.querySelectorAll('link[href], [src]')].map(e => e.href || e.src)
    .filter(url => !/^(data|blob):/.test(url))"""

AXE = pathlib.Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()


def say(name, problem="", note=""):
    print(json.dumps({"name": name, "problem": problem, "note": note}), flush=True)


class Visit:
    """A page in a window of some width and colour scheme."""

    def __init__(self, browser, url, page, width, scheme):
        self.expected = page
        self.name = f"{page['name']}, {width} px, {scheme}"
        self.scheme = scheme
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.add_init_script(WATCH)
        self.messages, self.requests = [], []
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda e: self.messages.append(f"error: {e}"))
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.url = url

    def hear(self, message):
        """Keeps errors and warnings, but for the browser's advice on speed: on what its
        driver does in software, and on a canvas that plotly.js reads its letters from."""
        advice = "GL Driver Message" in message.text or "willReadFrequently" in message.text
        if message.type in ("error", "warning") and not advice:
            self.messages.append(f"{message.type}: {message.text}")

    @contextlib.contextmanager
    def check(self, name):
        """Reports a check: the problems and notes appended inside."""
        problems, notes = [], []
        try:
            yield problems, notes
        except Exception as e:  # a check that breaks off has failed; the others go on
            problems.append(f"{type(e).__name__}: {e}")
        say(f"{self.name}/{name}", "; ".join(problems), "; ".join(notes))

    def open(self):
        with self.check("ready") as (problems, notes):
            self.page.goto(self.url)
            self.page.wait_for_selector("body[data-ready='true']", state="attached")
            seconds = self.page.evaluate("() => watched.ready") / 1000
            paint = self.page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0") / 1000
            notes.append(f"ready after {seconds:.2f} s, first paint after {paint:.2f} s" + (" - SLOW" if seconds > SHOWS else ""))
            if seconds > CAP:
                problems.append(f"ready after {seconds:.2f} s, want less than {CAP} s")
        with self.check("texts are texts") as (problems, _):
            if (heading := self.page.locator("h1").inner_text()) != self.expected["title"]:
                problems.append(f"the heading is {heading!r}")
            if self.expected["title"] not in (title := self.page.title()):
                problems.append(f"the title is {title!r}")

    def close(self):
        with self.check("no message of the console") as (problems, _):
            problems += self.messages
        with self.check("no violation of its policy") as (problems, _):
            problems += self.page.evaluate("() => watched.violations")
        with self.check("no request") as (problems, _):
            problems += [url for url in self.requests if url != self.url and not url.startswith(("data:", "blob:"))]
            problems += self.page.evaluate(ELSEWHERE)
            if self.requests.count(self.url) != 1:
                problems.append(f"the page itself was asked for {self.requests.count(self.url)} times")
        self.context.close()

    def fits(self, name="no scrolling sideways"):
        with self.check(name) as (problems, _):
            wide, room = self.page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            if wide > room:
                outside = self.page.evaluate(
                    """room => [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > room + 1)
                    .map(e => e.tagName + '#' + e.id + '.' + e.className).slice(0, 5)""",
                    room,
                )
                problems.append(f"{wide} px wide in {room} px: {outside}")

    def charts(self):
        with self.check("the charts there should be") as (problems, _):
            found = self.page.evaluate("() => [...document.querySelectorAll('main [data-chart]')].map(e => e.dataset.chart)")
            if sorted(set(found)) != sorted(self.expected["charts"]):
                problems.append(f"got {found}, want {self.expected['charts']}")
        for kind in self.expected["charts"]:
            with self.check(f"{kind} is drawn") as (problems, _):
                for i in range(self.page.locator(f"main [data-chart={kind}]").count()):
                    picture = self.drawn(self.page.locator(f"main [data-chart={kind}]").nth(i))
                    if problem := blank(picture, 12, 0.005, 0.0005):
                        problems.append(problem)

    def drawn(self, chart):
        """Scrolls to a chart and returns its pixels once it says that it is drawn."""
        chart.scroll_into_view_if_needed()
        deadline = time.monotonic() + PATIENCE / 1000
        while chart.get_attribute("data-drawn") != "true":
            if time.monotonic() > deadline:
                raise TimeoutError("it does not say that it is drawn")
            self.page.wait_for_timeout(20)
        self.frames()
        return pixels(chart.screenshot())

    def frames(self):
        """Waits until what has been drawn is seen."""
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def violations(self, state):
        """Problems that axe-core calls serious or critical."""
        with self.check(f"accessible, {state}") as (problems, notes):
            if not self.page.evaluate("() => Boolean(window.axe)"):
                self.page.evaluate(AXE)
            found = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
            notes.append(f"axe-core {found['testEngine']['version']}")
            for v in found["violations"]:
                where = "; ".join(f"{n['target'][0]}: {n['failureSummary']}" for n in v["nodes"][:3])
                text = f"{v['id']} ({v['impact']}, {len(v['nodes'])} times) at {where}"
                (problems if v["impact"] in ("serious", "critical") else notes).append(text)
