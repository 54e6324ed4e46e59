"""The JAX peer: one compiled XLA program for the CPU draws and evaluates.

Arrays are [network, unit, point] with points contiguous. The first layer, whose
fan-in is one or two, is written as a sum of products, which XLA fuses with the
activation; further layers are batched dots. lax.map runs over chunks of
networks and blocks of points, so that intermediate values stay in the cache.
Crossings are counted inside the program, regions by SciPy as in the NumPy peer.
"""

import os
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import scipy
from jax import lax

from harness import Setting, main
from regions import RegionCounter

# Networks and points of a block; "dot" or "sum" for a last layer of one unit.
BLOCKS = {
    "W1": [(1, 1001, "dot"), (2, 1001, "dot"), (4, 1001, "dot"), (16, 1001, "dot")],
    "W2": [
        (1, 1001, "sum"),
        (4, 1001, "sum"),
        (16, 1001, "sum"),
        (16, 1001, "dot"),
        (64, 1001, "dot"),
    ],
    "W3": [
        (1, 16384, "dot"),
        (16, 256, "dot"),
        (32, 256, "dot"),
        (64, 256, "dot"),
        (16, 128, "dot"),
    ],
    "W4": [
        (1, 512, "dot"),
        (4, 256, "dot"),
        (8, 256, "dot"),
        (8, 512, "dot"),
        (16, 256, "dot"),
    ],
}

# XLA's older emitters are faster for some shapes and its newer ones for others.
EMITTERS = ["--xla_cpu_use_fusion_emitters=false", "--xla_cpu_use_fusion_emitters=true"]

# Two processes of one thread are more than twice as fast as one process of two:
# the program's loops over chunks and blocks do not run in parallel.
ONE_THREAD = "--xla_cpu_multi_thread_eigen=false"

# Vectors of 512 bits gain a little where the processor has them.
WIDE = "--xla_cpu_prefer_vector_width=512"

NETWORKS_PER_CALL = 2000  # with one input; enough to make the call itself cheap


class JAXPeer:
    """Draws and counts `batch` networks at a time."""

    def __init__(self, workload, threads, chunk, seed):
        self.workload = workload
        n, points, last = chunk
        chunks = max(1, NETWORKS_PER_CALL // n) if workload.inputs == 1 else 1
        self.batch = n * chunks
        self.key = jax.random.key(seed, impl="rbg")  # faster than threefry
        one = partial(draw_chunk, workload, n, points, last)
        self.program = jax.jit(lambda key: lax.map(one, jax.random.split(key, chunks)))
        self.split = jax.jit(jax.random.split)
        self.regions = RegionCounter(workload.side)

    def next_batch(self):
        self.key, key = self.split(self.key)
        result = np.asarray(self.program(key))
        if self.workload.inputs == 1:
            return result
        side = self.workload.side
        return self.regions.count(result.reshape(self.batch, -1, side, side))


def draw_chunk(workload, n, points, last, key):
    """Draws n networks; crossings [n], or the points of each class [n, C, P]."""
    layers = draw(workload, n, key)
    x = grid(workload)
    if points >= workload.points:
        y = evaluate(workload, layers, last, x)
    else:
        blocks = x.reshape(len(x), -1, points).swapaxes(0, 1)
        y = lax.map(partial(evaluate, workload, layers, last), blocks)
        y = jnp.moveaxis(y, 0, 2).reshape(n, workload.outputs, workload.points)
    if workload.inputs == 1:
        positive = y[:, 0] > 0
        return jnp.sum(positive[:, 1:] != positive[:, :-1], axis=1)
    return classes(y)


def draw(workload, n, key):
    """Weights [n, h, k] and biases [n, h, 1] of every layer, from one draw."""
    sizes = workload.sizes
    shapes = list(zip(sizes[1:], sizes))
    z = jax.random.normal(key, (n, sum(h * (k + 1) for h, k in shapes)), jnp.float32)
    layers, end = [], 0
    for h, k in shapes:
        start, middle, end = end, end + h * k, end + h * (k + 1)
        weights = z[:, start:middle].reshape(n, h, k) * (workload.gain / k**0.5)
        layers.append((weights, z[:, middle:end].reshape(n, h, 1) * 0.5))
    return layers


def grid(workload):
    """The input points [inputs, P], a constant of the program."""
    axis = np.linspace(*workload.range, workload.side, dtype=np.float32)
    return np.stack([a.ravel() for a in np.meshgrid(*[axis] * workload.inputs, indexing="ij")])


def evaluate(workload, layers, last, x):
    """Outputs [n, outputs, P] on the points x [inputs, P]."""
    activation = jnp.tanh if workload.activation == "tanh" else jax.nn.relu
    weights, bias = layers[0]
    h = bias
    for k in range(workload.inputs):
        h = h + weights[:, :, k : k + 1] * x[k]
    for weights, bias in layers[1:-1]:
        h = jnp.einsum("nhk,nkp->nhp", weights, activation(h)) + bias
    weights, bias = layers[-1]
    h = activation(h)
    if last == "dot":
        return jnp.einsum("nhk,nkp->nhp", weights, h) + bias
    y = bias
    for k in range(workload.hidden[-1]):
        y = y + weights[:, :, k : k + 1] * h[:, k : k + 1]
    return y


def classes(y):
    """The points of each class [n, C, P] of the outputs y [n, outputs, P]."""
    if y.shape[1] == 1:
        positive = y[:, 0] > 0
        return jnp.stack([positive, ~positive], axis=1)
    a, b, c = y[:, 0], y[:, 1], y[:, 2]
    first = (a >= b) & (a >= c)
    second = (b > a) & (b >= c)
    return jnp.stack([first, second, ~(first | second)], axis=1)


def settings(workload, cores):
    given = os.environ.get("XLA_FLAGS", "")
    for emitters in EMITTERS:
        environment = (
            ("JAX_PLATFORMS", "cpu"),
            ("XLA_FLAGS", f"{ONE_THREAD} {WIDE} {emitters} {given}".strip()),
        )
        for block in BLOCKS[workload]:
            yield Setting(cores, environment, block)


def describe():
    versions = {"jax": jax.__version__, "jaxlib": jax.lib.__version__, "scipy": scipy.__version__}
    return {"versions": versions}


if __name__ == "__main__":
    main("jax", JAXPeer, settings, describe)
