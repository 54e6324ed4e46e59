"""Runs the lines of Python in argv[1]/N.py for every N, and holds what they compute
against the values in N-values.npz and N-values.csv beside them."""

import csv
import pathlib
import sys

import numpy as np

folder, checked = pathlib.Path(sys.argv[1]), 0
for program in sorted(folder.glob("*.py")):
    names = {}
    exec(program.read_text(), names)  # leaves the outputs [C,P] in x
    values = np.load(folder / f"{program.stem}-values.npz")
    want = values["values"].reshape(len(names["x"]), -1)
    # float32 sums of a few units against float64: relative to the largest value.
    # A step may fall on the other side of a value that is nearly zero.
    error = np.abs(names["x"] - want) / max(np.abs(want).max(), 1)
    assert names["x"].shape == want.shape and (error < 1e-5).mean() > 0.98, (program, error.max())
    if "1.0, 0.0" not in program.read_text():
        assert error.max() < 1e-5, (program, error.max())

    # Classes and margins follow from the pre-activations.
    pre = values["preactivations"].reshape(len(want), -1)
    classes = values["class"].reshape(-1)
    assert (classes == (np.argmax(pre, axis=0) if len(pre) > 1 else (pre[0] < 0))).all(), program
    top = np.sort(pre, axis=0)
    margin = np.abs(pre[0]) if len(pre) == 1 else top[-1] - top[-2]
    assert np.allclose(values["margin"].reshape(-1), margin, rtol=1e-6), program

    # The table says the same, the last axis fastest.
    with open(folder / f"{program.stem}-values.csv") as f:
        rows = list(csv.DictReader(f))
    axes = [values[f"x{i}"] for i in range(values["class"].ndim)]
    for i, axis in enumerate(np.meshgrid(*axes, indexing="ij")):
        assert np.array_equal(axis.reshape(-1), np.array([r[f"x{i}"] for r in rows], np.float32)), program
    for k in range(len(want)):
        assert np.array_equal(want[k], np.array([r[f"value{k}"] for r in rows], np.float32)), program
        assert np.array_equal(pre[k], np.array([r[f"preactivation{k}"] for r in rows], np.float32)), program
    assert np.array_equal(classes, np.array([r["class"] for r in rows], np.uint8)), program
    checked += 1
print(checked)
