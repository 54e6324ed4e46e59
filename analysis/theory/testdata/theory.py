"""Numbers of the infinite-width limit by SciPy's adaptive quadrature.

Standard input is a JSON list of questions, each with the name of a function
below and its arguments; standard output the list of answers. Every expectation
is an integral over its own definition: no closed forms of kernels and no
small-angle expansions, which is what the program under test uses. Layers are
pairs of variances, of weights times fan-in (of a weight in the first layer)
and of biases.
"""

import json
import math
import sys

import numpy
from scipy.integrate import dblquad, quad
from scipy.optimize import brentq
from scipy.special import expit, ndtr, owens_t

# Value and first derivative.
ACTIVATIONS = {
    "identity": (lambda u: u, lambda u: 1.0),
    "relu": (lambda u: max(u, 0.0), lambda u: float(u > 0)),
    "leaky_relu": (lambda u: u if u > 0 else 0.01 * u, lambda u: 1.0 if u > 0 else 0.01),
    "elu": (lambda u: u if u > 0 else math.expm1(u), lambda u: 1.0 if u > 0 else math.exp(u)),
    "step": (lambda u: float(u >= 0), None),
    "tanh": (math.tanh, lambda u: 1 - math.tanh(u) ** 2),
    "logistic": (expit, lambda u: expit(u) * expit(-u)),
    "erf": (math.erf, lambda u: 2 / math.sqrt(math.pi) * math.exp(-u * u)),
    "sin": (math.sin, math.cos),
    "gaussian": (lambda u: math.exp(-u * u), lambda u: -2 * u * math.exp(-u * u)),
    "softplus": (lambda u: numpy.logaddexp(0, u), expit),
    "silu": (lambda u: u * expit(u), lambda u: expit(u) * (1 + u * expit(-u))),
    "gelu": (lambda u: u * ndtr(u), lambda u: ndtr(u) + u * density(u)),
}

REACH = 9  # standard deviations


def density(z):
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def integral(f, low, high, *kinks, tolerance=1e-12):
    """The integral of f, smooth but for kinks."""
    cuts = [low, *sorted(k for k in kinks if low < k < high), high]
    return sum(quad(f, a, b, epsabs=1e-14, epsrel=tolerance, limit=200)[0] for a, b in zip(cuts, cuts[1:]))


def mean(g, variance):
    """E g(u), u ~ N(0, variance)."""
    s = math.sqrt(variance)
    return integral(lambda z: g(s * z) * density(z), -REACH, REACH, 0)


def mean2(g, h, kxx, kxy, kyy):
    """E g(u)h(v), (u, v) centred normals of these covariances."""
    if kxx == 0 or kyy == 0:
        return mean(g, kxx) * mean(h, kyy)
    s, slope = math.sqrt(kxx), kxy / kxx
    rest = math.sqrt(max(kyy - kxy * slope, 0))
    if rest < 1e-7 * math.sqrt(kyy):
        return mean(lambda u: g(u) * h(slope * u), kxx)

    def given(z):
        m = slope * s * z
        inner = integral(lambda y: h(m + rest * y) * density(y), -REACH, REACH, -m / rest, tolerance=1e-11)
        return g(s * z) * density(z) * inner

    return integral(given, -REACH, REACH, 0, tolerance=1e-11)


def mean_uniform(g, bound, variance, *inputs):
    """E g(w, b), w uniform on [-bound, bound] and b normal, with kinks where w x + b is 0 at an input."""

    def given(w):
        if variance == 0:
            return g(w, 0.0)
        s = math.sqrt(variance)
        kinks = [-w * x / s for x in inputs]
        return integral(lambda z: g(w, s * z) * density(z), -REACH, REACH, *kinks, tolerance=1e-10)

    return integral(given, -bound, bound, 0, tolerance=1e-10) / (2 * bound)


def uniform_kernel(activation, bound, layers, x, y):
    """Kernel and angle for one input and first weights uniform on [-bound, bound].

    The first of the layers is the variance of its biases alone.
    """
    phi = ACTIVATIONS[activation][0]
    variance, (w, b) = layers
    product = lambda x, y: b + w * mean_uniform(lambda v, c: phi(v * x + c) * phi(v * y + c), bound, variance, x, y)
    xx, xy, yy = product(x, x), product(x, y), product(y, y)
    return xx, xy, yy, math.acos(xy / math.sqrt(xx * yy))


def uniform_crossings(activation, bound, layers, start, end):
    phi, slope = ACTIVATIONS[activation]
    variance, (w, b) = layers

    def rate(x):
        average = lambda g: w * mean_uniform(lambda v, c: g(v * x + c, v), bound, variance, x)
        k = b + average(lambda u, v: phi(u) ** 2)
        c = average(lambda u, v: phi(u) * slope(u) * v)
        d = average(lambda u, v: (slope(u) * v) ** 2)
        return math.sqrt(d / k - (c / k) ** 2) / math.pi

    return integral(rate, start, end, 0, tolerance=1e-7)


def kernel(activation, layers, x, y):
    """K(x,x), K(x,y), K(y,y) after the layers."""
    phi = ACTIVATIONS[activation][0]
    (w, b), *rest = layers
    k = [b + w * sum(p * q for p, q in zip(*z)) for z in ((x, x), (x, y), (y, y))]
    for w, b in rest:
        square = lambda u: phi(u) ** 2
        k = [b + w * mean(square, k[0]), b + w * mean2(phi, phi, *k), b + w * mean(square, k[2])]
    return k


def kernel_and_angle(activation, layers, x, y):
    xx, xy, yy = kernel(activation, layers, x, y)
    return xx, xy, yy, math.acos(xy / math.sqrt(xx * yy))


def ends_differ(activation, layers, x, y):
    return kernel_and_angle(activation, layers, x, y)[3] / math.pi


def slopes(activation, layers, x):
    """Variance of f at x, its covariances with the partial derivatives, and theirs.

    Given u, a derivative u' of a layer is a normal about u times the regression
    coefficient, so that with its expectations only those over u are left.
    """
    phi, slope = ACTIVATIONS[activation]
    (w, b), *rest = layers
    x = numpy.array(x)
    k, c, d = b + w * x @ x, w * x, w * numpy.eye(len(x))
    for w, b in rest:
        on = c / k
        given = d - numpy.outer(c, on)
        c = w * on * mean(lambda u: phi(u) * slope(u) * u, k)
        d = given * mean(lambda u: slope(u) ** 2, k) + numpy.outer(on, on) * mean(lambda u: (slope(u) * u) ** 2, k)
        d = w * d
        k = b + w * mean(lambda u: phi(u) ** 2, k)
    return k, c, d


def crossings(activation, layers, start, end):
    """Rice's expected number of zeros on the segment between two points."""
    start, end = numpy.array(start), numpy.array(end)
    way = end - start

    def rate(t):
        k, c, d = slopes(activation, layers, start + t * way)
        return math.sqrt(max(way @ d @ way / k - (way @ c / k) ** 2, 0)) / math.pi

    return integral(rate, 0, 1, tolerance=1e-9)


def breakpoints(activation, layers, layer, units, start, end):
    """Zeros of the pre-activations of a layer's units, of which a linear one has one at most."""
    f = ends_differ if layer == 1 else crossings
    return units * f(activation, layers[:layer], start, end)


def border_changes(activation, layers, low, high):
    """Zeros around a rectangle."""
    corners = [low, [low[0], high[1]], high, [high[0], low[1]], low]
    return sum(crossings(activation, layers, a, b) for a, b in zip(corners, corners[1:]))


def boundary_length(activation, layers, low, high):
    """The integral of E(|grad f| | f = 0) times the density of f at 0."""

    def at(x1, x0):
        k, c, d = slopes(activation, layers, [x0, x1])
        s = d - numpy.outer(c, c) / k
        return mean_norm(s[0, 0], s[0, 1], s[1, 1]) / math.sqrt(2 * math.pi * k)

    return dblquad(at, low[0], high[0], low[1], high[1], epsabs=0, epsrel=1e-6)[0]


def mean_norm(a, b, c):
    """E|g|, g ~ N(0, [[a, b], [b, c]]): the length of z times a mean over directions."""
    small, large = numpy.linalg.eigvalsh([[a, b], [b, c]])
    form = lambda t: math.sqrt(max(large * math.cos(t) ** 2 + small * math.sin(t) ** 2, 0))
    return math.sqrt(math.pi / 2) * quad(form, 0, math.pi / 2, epsabs=0, epsrel=1e-12)[0] * 2 / math.pi


def below(u, v, rho):
    """P(U < u, V < v) of standard normals (Owen 1956)."""
    s = math.sqrt(1 - rho * rho)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        at_u, at_v = (v - rho * u) / numpy.float64(u * s), (u - rho * v) / numpy.float64(v * s)
    p = (ndtr(u) + ndtr(v)) / 2 - owens_t(u, at_u) - owens_t(v, at_v)
    return p - 0.5 * (u * v < 0 or u * v == 0 and u + v < 0)


def class_change(outputs, angle):
    """1 - P(the same of C independent outputs is the largest at both points)."""
    sin, rho = math.sin(angle), math.cos(angle)
    same = lambda y, u: density(u) * density(y) * below(u, rho * u + sin * y, rho) ** (outputs - 1)
    return 1 - outputs * dblquad(same, -REACH + 0.1, REACH, -REACH + 0.1, REACH, epsabs=1e-12, epsrel=1e-10)[0]


def class_change_rate(outputs):
    f = lambda u: density(u) ** 2 * ndtr(u) ** (outputs - 2)
    return outputs * (outputs - 1) * math.sqrt(math.pi) * quad(f, -REACH, REACH, epsabs=0, epsrel=1e-12)[0]


def expected_chord(step0, step1, variance, angle):
    """Chord of the interpolant over the ratios p and q of two corners' values to the third's.

    A centred Gaussian triple has ratios of the density
    (w' inverse(S) w)^(-3/2) / (2 pi sqrt(det S)), w = (1, p, q).
    """
    s = numpy.sqrt(variance)
    r01, r02, r12 = numpy.cos(angle)
    cov = numpy.outer(s, s) * [[1, r01, r02], [r01, 1, r12], [r02, r12, 1]]
    (a, d, e), (_, b, f), (_, _, c) = numpy.linalg.inv(cov)
    scale = 1 / (2 * math.pi * math.sqrt(numpy.linalg.det(cov)))
    at = [(0, 0), (step0, 0), (0, step1)]

    def chord(q, p):
        values, ends = (1, p, q), []
        for i, j in ((0, 1), (1, 2), (2, 0)):
            if values[i] * values[j] < 0:
                t = values[i] / (values[i] - values[j])
                ends.append([at[i][k] + t * (at[j][k] - at[i][k]) for k in (0, 1)])
        return scale * (a + b * p * p + c * q * q + 2 * (d * p + e * q + f * p * q)) ** -1.5 * math.dist(*ends)

    # Quadrants of opposite signs; p and q are tangents of angles.
    turned = lambda y, x: chord(math.tan(y), math.tan(x)) / (math.cos(x) * math.cos(y)) ** 2
    h = math.pi / 2
    boxes = (-h, 0, -h, 0), (-h, 0, 0, h), (0, h, -h, 0)
    return sum(dblquad(turned, *box, epsabs=1e-10, epsrel=1e-8)[0] for box in boxes)


def all_positive(k):
    """P(three centred normals of covariance k are positive)."""
    s = numpy.sqrt(numpy.diag(k))
    r = numpy.array(k) / numpy.outer(s, s)
    s1, s2 = math.sqrt(1 - r[0, 1] ** 2), math.sqrt(1 - r[0, 2] ** 2)
    rest = (r[1, 2] - r[0, 1] * r[0, 2]) / (s1 * s2)
    return integral(lambda z: density(z) * below(r[0, 1] * z / s1, r[0, 2] * z / s2, rest), 0, REACH)


def grid(low, high, points):
    x0, x1 = (numpy.linspace(*axis) for axis in zip(low, high, points))
    return [[[a, b] for b in x1] for a in x0]


def on_grid(activation, layers, low, high, points):
    """Crossings, border changes and Euler characteristic on a grid triangulated along (0,0)-(1,1)."""
    g = grid(low, high, points)
    rows, columns = points
    differ = lambda p, q: ends_differ(activation, layers, g[p[0]][p[1]], g[q[0]][q[1]])
    cells = [(i, j) for i in range(rows) for j in range(columns)]
    edges = {}
    for i, j in cells:
        for p in ((i + 1, j), (i, j + 1), (i + 1, j + 1)):
            if p in cells:
                edges[(i, j), p] = differ((i, j), p)
    along = {e: v for e, v in edges.items() if e[0][0] == e[1][0] or e[0][1] == e[1][1]}
    rim = lambda p, q: p[0] == q[0] in (0, rows - 1) or p[1] == q[1] in (0, columns - 1)
    faces = 0.0
    for i, j in cells:
        for middle in ((i, j + 1), (i + 1, j)):
            if (i + 1, j + 1) in cells:
                corners = (i, j), middle, (i + 1, j + 1)
                cos = lambda p, q: math.cos(math.pi * edges[min(p, q), max(p, q)]) if p != q else 1.0
                faces += all_positive([[cos(p, q) for q in corners] for p in corners])
    euler = len(cells) / 2 - sum((1 - v) / 2 for v in edges.values()) + faces
    return [sum(along.values()), sum(v for (p, q), v in along.items() if rim(p, q)), euler]


def fixed_point(activation, weight, bias):
    """Variance q* that a layer keeps, found from above, and the slopes there in c and in q.

    The derivative of E phi(sqrt(q) z)^2 in q is taken from E phi^2 (z^2 - 1)/(2q).
    """
    phi, slope = ACTIVATIONS[activation]
    keep = lambda q: bias + weight * mean(lambda u: phi(u) ** 2, q) - q
    q = brentq(keep, 1e-9, 1e3, xtol=1e-14, rtol=1e-14)
    chi = weight * mean(lambda u: slope(u) ** 2, q)
    inflation = weight * mean(lambda u: phi(u) ** 2 * (u * u / q - 1) / (2 * q), q)
    return q, chi, inflation


def mean_field(activation, weight, bias):
    """q*, chi at c = 1, and the depths to which correlations and variances reach."""
    phi, slope = ACTIVATIONS[activation]
    q, chi, inflation = fixed_point(activation, weight, bias)
    c, at = 1.0, chi
    if chi > 1:
        keep = lambda c: bias + weight * mean2(phi, phi, q, q * c, q) - q * c
        c = brentq(keep, -0.5, 1 - 1e-3, xtol=1e-12)
        at = weight * mean2(slope, slope, q, q * c, q)
    return [q, chi, -1 / math.log(at), -1 / math.log(abs(inflation))]


def edge_of_chaos(activation, bias):
    """Weight variance at which chi is 1."""
    return brentq(lambda w: fixed_point(activation, w, bias)[1] - 1, 0.5, 4, xtol=1e-11)


def answer(name, **arguments):
    value = globals()[name](**arguments)
    return [float(v) for v in numpy.atleast_1d(value)]


if __name__ == "__main__":
    json.dump([answer(**question) for question in json.load(sys.stdin)], sys.stdout)
