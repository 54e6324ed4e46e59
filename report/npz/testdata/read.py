"""Reads the .npz file of a folder with NumPy and holds it against want.json."""

import json
import pathlib
import sys
import zipfile

import numpy

folder = pathlib.Path(sys.argv[1])
wanted = json.loads((folder / "want.json").read_text())
assert wanted
with zipfile.ZipFile(folder / "arrays.npz") as archive:
    assert archive.testzip() is None
    for entry in archive.infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0), entry

with numpy.load(folder / "arrays.npz") as arrays:
    assert arrays.files == [want["name"] for want in wanted], arrays.files
    for want in wanted:
        array = arrays[want["name"]]
        assert array.dtype == want["type"], (want["name"], array.dtype)
        assert array.shape == tuple(want["shape"]), (want["name"], array.shape)
        assert array.flags.c_contiguous, want["name"]
        bits = numpy.array(want["bits"], numpy.uint64).astype(f"u{array.itemsize}")
        assert array.tobytes() == bits.tobytes(), want["name"]

print(f"{len(wanted)} arrays read by NumPy {numpy.__version__}")
