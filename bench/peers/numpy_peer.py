"""The NumPy and SciPy peer.

Arrays are [network, unit, point] with points contiguous, so a layer is one
batched product W [n, h, k+1] @ H [n, k+1, P] into a buffer whose last row is 1
and takes the bias along. Activations work in place. Blocks of P points go
through all layers while they are in the cache. Two cores: two processes.
"""

import os

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np
import scipy

from harness import Setting, main
from regions import RegionCounter

# Networks and points of a block. OpenBLAS multiplies small matrices without
# packing them, up to h * (k+1) * P = 100^3, nearly twice as fast as just above:
# P <= 946 for W3 and 240 for W4.
BLOCKS = {
    "W1": [(1, 1001), (2, 1001), (4, 1001), (16, 1001), (4, 501), (8, 251)],
    "W2": [(16, 1001), (32, 1001), (64, 1001), (128, 1001), (64, 501)],
    "W3": [(1, 912), (4, 912), (8, 464), (16, 240), (32, 240), (1, 2048), (4, 1024), (8, 512)],
    "W4": [(1, 240), (4, 240), (8, 240), (4, 128), (1, 1024), (1, 2048), (2, 512)],
}

# OpenBLAS's AVX2 kernel beats its AVX-512 kernel on some processors.
KERNELS = [(), (("OPENBLAS_CORETYPE", "Haswell"),)]


class NumPyPeer:
    """Draws and counts `batch` networks at a time."""

    def __init__(self, workload, threads, chunk, seed):
        self.workload, self.batch = workload, chunk[0]
        self.rng = np.random.Generator(np.random.SFC64(seed))
        self.make_weights()
        self.make_blocks(chunk[1])
        self.regions = RegionCounter(workload.side)
        self.relu = workload.activation == "relu"

    def make_weights(self):
        """Weights of all layers in one array, so that one call draws them."""
        sizes, n = self.workload.sizes, self.batch
        scale, self.layers, end = [], [], 0
        shapes = [(h, k + 1) for k, h in zip(sizes, sizes[1:])]
        self.parameters = np.empty((n, sum(h * k for h, k in shapes)), np.float32)
        for h, k in shapes:
            start, end = end, end + h * k
            self.layers.append(self.parameters[:, start:end].reshape(n, h, k))
            weights = np.full((h, k), self.workload.gain / (k - 1) ** 0.5, np.float32)
            weights[:, -1] = 0.5
            scale.append(weights.ravel())
        self.scale = np.concatenate(scale)

    def make_blocks(self, points):
        """For each block of points: where every layer reads and writes."""
        w, n = self.workload, self.batch
        points = min(points, w.points)
        x = grid(w)
        buffers = [np.ones((n, h + 1, points), np.float32) for h in w.hidden]
        # The larger of an array and an array of zeros: four times as fast as
        # the larger of an array and the number 0.
        self.zeros = np.zeros((n, max(w.hidden), points), np.float32)
        self.outputs = np.empty((n, w.outputs, w.points), np.float32)
        self.blocks = []
        for start in range(0, w.points, points):
            stop = min(start + points, w.points)
            read = x[:, start:stop]
            steps = []
            for buffer, h in zip(buffers, w.hidden):
                view = buffer[:, :, : stop - start]
                steps.append((read, view[:, :h], self.zeros[:, :h, : stop - start]))
                read = view
            self.blocks.append((steps, read, self.outputs[:, :, start:stop]))

    def next_batch(self):
        self.rng.standard_normal(out=self.parameters, dtype=np.float32)
        np.multiply(self.parameters, self.scale, out=self.parameters)
        for steps, last, out in self.blocks:
            for weights, (read, write, zeros) in zip(self.layers, steps):
                np.matmul(weights, read, out=write)
                if self.relu:
                    np.maximum(write, zeros, out=write)
                else:
                    np.tanh(write, out=write)
            np.matmul(self.layers[-1], last, out=out)
        if self.workload.inputs == 1:
            return crossings(self.outputs[:, 0])
        return self.regions.count(classes(self.outputs, self.workload.side))


def grid(workload):
    """The input points [inputs+1, P]; the last row is 1, the input of biases."""
    axis = np.linspace(*workload.range, workload.side, dtype=np.float32)
    axes = np.meshgrid(*[axis] * workload.inputs, indexing="ij")
    return np.stack([a.ravel() for a in axes] + [np.ones(workload.points, np.float32)])


def crossings(y):
    """Sign changes along each row of y [n, P]."""
    positive = y > 0
    changes = positive[:, 1:] != positive[:, :-1]
    # Eight flags at a time: bitwise_count needs P - 1 to be a multiple of 8.
    return np.bitwise_count(changes.view(np.uint64)).sum(axis=1)


def classes(y, side):
    """The points of each class, [n, C, side, side] booleans, of outputs y [n, C, P]."""
    n = len(y)
    if y.shape[1] == 1:
        positive = y[:, 0] > 0
        planes = np.stack([positive, ~positive], axis=1)
    else:  # three: comparisons take a thirtieth of the time of argmax
        a, b, c = y[:, 0], y[:, 1], y[:, 2]
        first = (a >= b) & (a >= c)
        second = (b > a) & (b >= c)
        planes = np.stack([first, second, ~(first | second)], axis=1)
    return planes.reshape(n, -1, side, side)


def settings(workload, cores):
    kernels = KERNELS if "OPENBLAS_CORETYPE" not in os.environ else [()]
    return [Setting(cores, kernel, block) for kernel in kernels for block in BLOCKS[workload]]


def describe():
    """Versions, and the instruction set behind np.tanh."""
    tanh = np.lib.introspect.opt_func_info(func_name="^tanh$", signature="float32")
    return {
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
        "simd": tanh["tanh"]["ff"]["current"],
    }


if __name__ == "__main__":
    main("numpy", NumPyPeer, settings, describe)
