"""Computes the comparisons of nodal a second time, from its documentation alone.

usage: compare.py DIR FILE

FILE is the output of nodal compare DIR --format json. Rows are read by pandas;
blocks, resamples (Philox) and quantiles are NumPy's. Every mismatch is printed, and
the exit status says whether there were any.

Tolerances, relative to the larger mean for differences: 1e-12 for means, differences
and ratios, 1e-9 for the ends of intervals.
"""

import functools
import hashlib
import json
import sys

import numpy as np
import pandas as pd

BLOCKS = 500
FEWEST = 30
MEASURES = {
    "crossings": lambda r: r.crossings,
    "two_or_more": lambda r: r.crossings >= 2,
    "turning_points": lambda r: r.turning_points,
    "range": lambda r: r.value_max - r.value_min,
    "roughness": lambda r: r.roughness,
    "regions": lambda r: r.regions,
    "islands": lambda r: r.islands,
    "boundary_length": lambda r: r.boundary_length,
}


def philox(counter, key):
    """Philox4x32-10 of four arrays of counters."""
    mask = np.uint64(0xFFFFFFFF)
    c0, c1, c2, c3 = (np.asarray(c, np.uint64) for c in counter)
    k0, k1 = (np.uint64(k) for k in key)
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c0, np.uint64(0xCD9E8D57) * c2
        c0, c1 = (p1 >> np.uint64(32)) ^ c1 ^ k0, p1 & mask
        c2, c3 = (p0 >> np.uint64(32)) ^ c3 ^ k1, p0 & mask
        k0, k1 = (k0 + np.uint64(0x9E3779B9)) & mask, (k1 + np.uint64(0xBB67AE85)) & mask
    return c0, c1, c2, c3


def draws(rows, m, resamples, seed):
    """Which of m blocks each resample draws: [resamples, m]."""
    first = rows.iloc[0]
    layers = "-".join(str(n) for n in (first.inputs, first.hidden, first.outputs) if n != "")
    digest = hashlib.sha256(f"nodal compare version=1 seed={seed} layers={layers}".encode()).digest()
    key = int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:8], "big")
    r, four = np.meshgrid(np.arange(resamples, dtype=np.uint64), np.arange((m + 3) // 4, dtype=np.uint64), indexing="ij")
    words = np.stack(philox((four, four * 0, r & np.uint64(0xFFFFFFFF), r >> np.uint64(32)), key), axis=-1).reshape(resamples, -1)[:, :m]
    return (words * np.uint64(m) >> np.uint64(32)).astype(int)


class Configuration:
    """The rows of a configuration and their blocks."""

    def __init__(self, rows):
        self.rows = rows
        self.finite = rows[rows.status == "ok"]
        self.block = self.finite.network % BLOCKS
        self.filled = set(self.block)

    @functools.cache
    def drawn(self, blocks, resamples, seed):
        """How often each resample draws each block: [resamples, blocks]."""
        m = len(blocks)
        return np.stack([np.bincount(d, minlength=m) for d in draws(self.rows, m, resamples, seed)]).astype(float)

    @functools.cache
    def means(self, measure, blocks, resamples, seed):
        """The mean over some blocks, and the means of the resamples, if any."""
        if not blocks:
            return np.nan, None
        values = MEASURES[measure](self.finite).astype(float).groupby(self.block)
        sums, counts = (x.loc[list(blocks)].to_numpy() for x in (values.sum(), values.count()))
        if len(blocks) < FEWEST:
            return sums.sum() / counts.sum(), None
        drawn = self.drawn(blocks, resamples, seed)
        return sums.sum() / counts.sum(), drawn @ sums / (drawn @ counts)


def ends(values):
    return (None, None) if values is None else tuple(np.percentile(values, [2.5, 97.5]))


def expected(record, a, b, common):
    """The numbers of a record, None for those that are not known."""
    blocks = [tuple(sorted(common if record["paired"] and c.filled else c.filled)) for c in (a, b)]
    how = record["resamples"], record["resample_seed"]
    mean, x = a.means(record["measure"], blocks[0], *how)
    base, y = b.means(record["measure"], blocks[1], *how)
    both = x is not None and y is not None
    known = not np.isnan(mean + base)
    numbers = {"mean": mean, "baseline_mean": base, "difference": mean - base, "ratio": mean / base if known and base > 0 else np.nan}
    numbers["mean_low"], numbers["mean_high"] = ends(x)
    numbers["baseline_mean_low"], numbers["baseline_mean_high"] = ends(y)
    numbers["difference_low"], numbers["difference_high"] = ends(x - y if both else None)
    numbers["ratio_low"], numbers["ratio_high"] = ends(x / y if both and (y > 0).all() and base > 0 else None)
    verdict = "unknown"
    if both:
        center, neutral, slack = "ratio", 1, 1e-12
        if numbers["ratio_low"] is None:
            center, neutral, slack = "difference", 0, 1e-12 * max(mean, base)
        value, low, high = (numbers[center + end] for end in ("", "_low", "_high"))
        verdict = "larger" if min(value, low) > neutral + slack else "smaller" if max(value, high) < neutral - slack else "not seen"
    numbers = {name: None if x is None or np.isnan(x) else float(x) for name, x in numbers.items()}
    return numbers | {"verdict": verdict, "blocks": len(blocks[0]), "baseline_blocks": len(blocks[1])}


def agrees(name, got, want, scale):
    if not isinstance(want, float) or got is None:
        return got == want
    tolerance = 1e-9 if name.endswith(("_low", "_high")) else 1e-12
    return abs(got - want) <= tolerance * (scale if name.startswith("difference") else abs(want))


def main(directory, path):
    rows = pd.read_parquet(directory + "/networks")
    configurations = {name: Configuration(group) for name, group in rows.groupby("config_id")}
    records = json.load(open(path))
    groups = {}
    for r in records:
        groups.setdefault((r["kind"], r["baseline_config_id"]), {r["baseline_config_id"]}).add(r["config_id"])
    mistakes = 0
    for r in records:
        a, b = configurations[r["config_id"]], configurations[r["baseline_config_id"]]
        filled = [configurations[c].filled for c in groups[r["kind"], r["baseline_config_id"]]]
        common = set.intersection(*[f for f in filled if f]) if any(filled) else set()
        want = expected(r, a, b, common)
        for prefix, c in (("", a), ("baseline_", b)):
            want[prefix + "networks"] = len(c.rows)
            want[prefix + "nonfinite"] = len(c.rows) - len(c.finite)
            want[prefix + "unresolved"] = int((~c.finite.resolved).sum())
        scale = max(want["mean"] or 0, want["baseline_mean"] or 0)
        for name, value in want.items():
            if not agrees(name, r[name], value, scale):
                mistakes += 1
                print(f"{r['sentence']}\n  {name}: got {r[name]}, want {value}")
    bounded = sum(r["ratio_low"] is not None for r in records)
    print(f"{len(records)} comparisons, {bounded} ratios with an interval, {mistakes} mistakes")
    return mistakes > 0 or not records


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
