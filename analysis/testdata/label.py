"""Counts regions per class with scipy.ndimage.label.

Standard input is a sequence of class maps, each a header of four little-endian
uint32 (rows, columns, classes, connectivity) and rows x columns bytes. Standard
output has one line for each: the number of regions of every class.
"""

import struct
import sys

import numpy
from scipy import ndimage

# The diagonal (i,j)-(i+1,j+1) is the one that connectivity 6 has.
STRUCTURES = {
    4: [[0, 1, 0], [1, 1, 1], [0, 1, 0]],
    6: [[1, 1, 0], [1, 1, 1], [0, 1, 1]],
    8: [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
}

data = sys.stdin.buffer.read()
at = 0
while at < len(data):
    rows, columns, classes, connectivity = struct.unpack_from("<4I", data, at)
    at += 16
    field = numpy.frombuffer(data, numpy.uint8, rows * columns, at).reshape(rows, columns)
    at += rows * columns
    print(*(ndimage.label(field == c, STRUCTURES[connectivity])[1] for c in range(classes)))
