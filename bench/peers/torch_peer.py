"""The PyTorch peer.

Arrays are [network, unit, point] with points contiguous; a layer is one baddbmm
over all networks of the chunk, and the first layer, whose input is the same for
all, one addmm. Activations work in place. Several cores: as many processes of
one thread, or one process with PyTorch's own threads, whichever is faster.
"""

import scipy
import torch

from harness import Setting, main
from regions import RegionCounter

BLOCKS = {  # networks and points
    "W1": [(1, 1001), (4, 1001), (16, 1001), (64, 1001)],
    "W2": [(16, 1001), (64, 1001), (256, 1001)],
    "W3": [(1, 2048), (1, 16384), (4, 1024), (8, 512), (16, 240), (8, 16384)],
    "W4": [(1, 2048), (1, 8192), (4, 1024), (4, 240), (8, 240), (1, 65536)],
}


class TorchPeer:
    """Draws and counts `batch` networks at a time."""

    def __init__(self, workload, threads, chunk, seed):
        torch.set_grad_enabled(False)
        torch.set_num_threads(threads)
        self.workload = workload
        self.batch, points = chunk
        self.generator = torch.Generator().manual_seed(seed)
        self.x = grid(workload).split(min(points, workload.points), dim=1)
        largest = self.x[0].shape[1]
        self.buffers = [torch.empty(self.batch * h * largest) for h in workload.sizes[1:]]
        self.outputs = torch.empty(self.batch, workload.outputs, workload.points)
        self.regions = RegionCounter(workload.side)

    def next_batch(self):
        layers = self.draw()
        start = 0
        for x in self.x:
            stop = start + x.shape[1]
            self.outputs[:, :, start:stop] = self.evaluate(layers, x)
            start = stop
        if self.workload.inputs == 1:
            return crossings(self.outputs[:, 0])
        planes = classes(self.outputs)
        side = self.workload.side
        return self.regions.count(planes.view(self.batch, -1, side, side).numpy())

    def draw(self):
        """Weights [n, h, k] and biases [n, h, 1] of every layer."""
        sizes, n = self.workload.sizes, self.batch
        layers = []
        for k, h in zip(sizes, sizes[1:]):
            weights = torch.randn(n, h, k, generator=self.generator)
            biases = torch.randn(n, h, 1, generator=self.generator)
            layers.append((weights.mul_(self.workload.gain / k**0.5), biases.mul_(0.5)))
        return layers

    def evaluate(self, layers, x):
        """Outputs [n, outputs, P] on the points x [inputs, P]; overwritten by the next call."""
        n, points = self.batch, x.shape[1]
        y = None
        for (weights, biases), buffer in zip(layers, self.buffers):
            h, k = weights.shape[1:]
            out = buffer[: n * h * points]
            if y is None:
                rows = out.view(n * h, points)
                torch.addmm(biases.view(n * h, 1), weights.view(n * h, k), x, out=rows)
            else:
                self.activate(y)
                torch.baddbmm(biases, weights, y, out=out.view(n, h, points))
            y = out.view(n, h, points)
        return y

    def activate(self, y):
        if self.workload.activation == "tanh":
            y.tanh_()
        else:
            y.relu_()


def grid(workload):
    """The input points [inputs, P]."""
    axis = torch.linspace(*workload.range, workload.side)
    axes = torch.meshgrid(*[axis] * workload.inputs, indexing="ij")
    return torch.stack([a.reshape(-1) for a in axes]).contiguous()


def crossings(y):
    """Sign changes along each row of y [n, P]."""
    positive = y > 0
    return (positive[:, 1:] != positive[:, :-1]).sum(1).numpy()


def classes(y):
    """The points of each class [n, C, P] of outputs y [n, outputs, P]."""
    if y.shape[1] == 1:
        positive = y[:, 0] > 0
        return torch.stack([positive, ~positive], dim=1)
    a, b, c = y[:, 0], y[:, 1], y[:, 2]  # comparisons: five times as fast as argmax
    first = (a >= b) & (a >= c)
    second = (b > a) & (b >= c)
    return torch.stack([first, second, ~(first | second)], dim=1)


def settings(workload, cores):
    for processes in dict.fromkeys((cores, 1)):
        threads = str(cores // processes)
        environment = (("OMP_NUM_THREADS", threads), ("MKL_NUM_THREADS", threads))
        for block in BLOCKS[workload]:
            yield Setting(processes, environment, block)


def describe():
    return {"versions": {"torch": torch.__version__, "scipy": scipy.__version__}}


if __name__ == "__main__":
    main("torch", TorchPeer, settings, describe)
