"""What a reader does with a page."""

import re
import time

import numpy

from pixels import blank, ground, lightness, pixels
from visit import PATIENCE

IN_DIALOG = "() => document.querySelector('#viewer').contains(document.activeElement)"
FOCUS_SEEN = """() => { const style = getComputedStyle(document.activeElement);
    return style.outlineStyle != 'none' || style.boxShadow != 'none'; }"""
SHOWN_ROWS = """() => [...document.querySelectorAll('#configurations tbody tr[data-configuration]')]
    .filter(row => row.checkVisibility()).map(row => Number(row.dataset.configuration))"""
FILLS = "chart => [...chart.querySelectorAll('text')].map(text => getComputedStyle(text).fill)"

# Contexts that are in the page or still alive.
WEBGL = "() => watched.contexts.filter(c => c.canvas.isConnected || !c.isContextLost()).length"


def toggles(visit):
    """The button changes the ground of page and charts to the other scheme, and back, and
    the letters of charts with it."""
    with visit.check("the other scheme") as (problems, _):
        chart = visit.page.locator("main [data-chart=scatter]")
        seen = []
        for _ in range(3):
            under = lightness(ground(visit.drawn(chart)))
            seen.append([page_lightness(visit), under])
            letters = [lightness(rgb(fill)) for fill in chart.evaluate(FILLS)]
            if not letters or min(abs(letter - under) for letter in letters) < 0.5:
                problems.append(f"letters of lightness {sorted(set(letters))} on a ground of {under:.2f}")
            visit.page.locator("#scheme").click()
            visit.page.wait_for_timeout(400)
        for i, where in enumerate(("page", "chart")):
            was = [s[i] for s in seen]
            if (was[0] > 0.5) == (visit.scheme == "dark"):
                problems.append(f"the {where} begins with lightness {was[0]:.2f}")
            if (was[1] > 0.5) == (was[0] > 0.5) or (was[2] > 0.5) != (was[0] > 0.5):
                problems.append(f"the lightness of the {where} goes {was[0]:.2f}, {was[1]:.2f}, {was[2]:.2f}")
        visit.page.locator("#scheme").click()


def bands(visit):
    """Curves whose values do not tell their classes lie on a band for each stretch of one."""
    with visit.check("bands of classes") as (problems, notes):
        visit.page.evaluate("() => document.querySelectorAll('details.case').forEach(d => { d.open = true; })")
        for want in visit.expected["bands"][:8]:
            button = visit.page.locator(f"#gallery [data-picture='{want['picture']}']")
            button.scroll_into_view_if_needed()
            button.locator("svg").wait_for()
            found = button.locator("rect:not(.plot-ground)").count()
            if found != want["bands"]:
                problems.append(f"{found} bands in picture {want['picture']}, want {want['bands']}")
        notes.append(f"{len(visit.expected['bands'][:8])} curves")


def page_lightness(visit):
    return lightness(rgb(visit.page.evaluate("() => getComputedStyle(document.body).backgroundColor")))


def rgb(css):
    """The channels of "rgb(20, 23, 31)"."""
    return [float(x) for x in re.findall(r"[\d.]+", css)[:3]]


def sorts(visit):
    """Every button orders the rows by its column, one way and then the other."""
    heads = visit.page.locator("#configurations thead th")
    with visit.check("the columns there should be") as (problems, _):
        names = [text.strip() for text in heads.all_text_contents()]
        if names != [column["name"] for column in visit.expected["columns"]]:
            problems.append(f"got {names}")
    for i, column in enumerate(visit.expected["columns"]):
        with visit.check(f"sorted by {column['name']}") as (problems, _):
            head = heads.nth(i)
            ways = set()
            for _ in range(2):
                head.locator("button").click()
                way = head.get_attribute("aria-sort")
                ways.add(way)
                if visit.page.locator("#configurations th:is([aria-sort=ascending], [aria-sort=descending])").count() != 1:
                    problems.append("not one column says that it is sorted")
                problems += misplaced(visit.page.evaluate(SHOWN_ROWS), column["keys"], way)
            if ways != {"ascending", "descending"}:
                problems.append(f"two clicks sort {ways}")


def misplaced(order, keys, way):
    """Problems of rows in an order that should be sorted by their keys. Rows without
    a key (null) are together at an end."""
    if sorted(order) != list(range(len(keys))):
        return [f"{way}: rows {order}"]
    known = [i for i in order if keys[i] is not None]
    problems = []
    for a, b in zip(known, known[1:]):
        if keys[a] != keys[b] and (keys[a] > keys[b]) == (way == "ascending"):
            problems.append(f"{way}: row {a} ({keys[a]}) before row {b} ({keys[b]})")
    first = order.index(known[0]) if known else 0
    if known != order[first : first + len(known)]:
        problems.append(f"{way}: rows without a value stand among the others")
    return problems[:3]


def filters(visit):
    """The table shows the rows that match, and says how many they are."""
    for text, want in visit.expected["filters"].items():
        with visit.check(f"filtered by {text!r}") as (problems, notes):
            visit.page.locator("#filter").fill(text)
            visit.frames()
            got = sorted(visit.page.evaluate(SHOWN_ROWS))
            count = visit.page.locator("#shown").inner_text()
            notes.append(count)
            if got != want:
                problems.append(f"shows rows {got}, want {want}")
            numbers = [int(n.replace(",", "")) for n in re.findall(r"[\d,]+", count)]
            if numbers[:1] != [len(want)]:
                problems.append(f"says {count!r}, want {len(want)}")
    visit.page.locator("#filter").fill("")


def opens(visit, kind, use):
    """A click opens a picture large, in use a surface turns, Escape leads back."""
    button = visit.page.locator(f"button.picture[data-kind={kind}]").first
    with visit.check(f"a {kind} opens") as (problems, _):
        button.click()
        seen_large(visit, kind, problems)
    if kind == "surface" and use:
        turns(visit)
    visit.fits(f"no scrolling sideways, a {kind} open")
    visit.violations(f"a {kind} open")
    with visit.check(f"a {kind} closes") as (problems, _):
        visit.page.keyboard.press("Escape")
        closed(visit, button, problems)


def seen_large(visit, kind, problems):
    chart = visit.page.locator(f"#viewer[open] [data-chart={kind}]")
    chart.wait_for()
    if problem := blank(visit.drawn(chart), 24, 0.005, 0.002):
        problems.append(problem)
    canvases = visit.page.evaluate(WEBGL)
    if (canvases > 0) != (kind == "surface"):
        problems.append(f"{canvases} WebGL canvases for a {kind}")


def turns(visit):
    with visit.check("a surface turns") as (problems, notes):
        chart = visit.page.locator("#viewer[open] [data-chart=surface]")
        before = pixels(chart.screenshot())
        box = chart.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        visit.page.mouse.move(x, y)
        visit.page.mouse.down()
        for step in range(1, 6):
            visit.page.mouse.move(x + step * box["width"] / 20, y + 2 * step)
            visit.frames()
        visit.page.mouse.up()
        changed, deadline = 0, time.monotonic() + PATIENCE / 1000
        while changed < 0.03 and time.monotonic() < deadline:  # software draws slowly
            visit.frames()
            after = pixels(chart.screenshot())
            changed = (numpy.abs(after - before).max(axis=2) > 24).mean()
        notes.append(f"{changed:.1%} of the pixels change")
        if changed < 0.03:
            problems.append(f"{changed:.1%} of the pixels change, want 3 %")
        if problem := blank(after, 24, 0.005, 0.002):
            problems.append(f"turned: {problem}")


def closed(visit, button, problems):
    visit.page.wait_for_function("() => !document.querySelector('#viewer').open")
    visit.frames()
    if not button.evaluate("b => document.activeElement === b"):
        problems.append("focus is at " + visit.page.evaluate("() => document.activeElement.outerHTML.slice(0, 100)"))
    if n := visit.page.evaluate(WEBGL):
        problems.append(f"{n} WebGL canvases remain")


def keyboard(visit):
    """The same without a mouse: Tab up to the picture, Enter, Escape."""
    with visit.check("a surface by keyboard alone") as (problems, notes):
        visit.page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); getSelection().removeAllRanges(); }")
        visit.page.mouse.click(1, 1)
        steps = 0
        while not visit.page.evaluate("() => document.activeElement.matches('button.picture[data-kind=surface]')"):
            visit.page.keyboard.press("Tab")
            steps += 1
            if steps > 1000:
                raise TimeoutError("no surface within 1,000 steps of Tab")
        notes.append(f"{steps} steps of Tab")
        if not visit.page.evaluate(FOCUS_SEEN):
            problems.append("the focus is not seen")
        button = visit.page.evaluate_handle("() => document.activeElement").as_element()
        visit.page.keyboard.press("Enter")
        seen_large(visit, "surface", problems)
        if not visit.page.evaluate(IN_DIALOG):
            problems.append("the focus does not move into the dialog")
        visit.page.keyboard.press("Escape")
        closed(visit, button, problems)


def prints(visit):
    """On paper: all charts, on white, nothing cut off."""
    with visit.check("printed") as (problems, notes):
        paper = visit.page.pdf(format="A4")
        sheets = len(re.findall(rb"/Type */Page\b", paper))
        notes.append(f"{sheets} pages, {len(paper) / 1e6:.1f} MB")
        visit.page.emulate_media(media="print")
        if page_lightness(visit) < 0.95:
            problems.append(f"the paper has lightness {page_lightness(visit):.2f}")
        if (lacking := visit.page.evaluate("() => watched.lacking")) != []:
            problems.append(f"without {lacking}")
        if visit.page.locator("#scheme").is_visible():
            problems.append("a button is printed")
    visit.fits("no scrolling sideways, printed")
    visit.page.emulate_media(media="screen")
