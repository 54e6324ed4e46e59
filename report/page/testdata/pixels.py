"""What a screenshot shows."""

import io

import numpy
from PIL import Image

LUMA = numpy.array((0.299, 0.587, 0.114)) / 255  # lightness of a colour, from 0 to 1


def pixels(png):
    """The pixels of a screenshot, [height, width, 3]."""
    return numpy.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def colors(picture):
    """The colours of a picture, 0xrrggbb, and how many pixels have each."""
    return numpy.unique(picture @ (0x10000, 0x100, 1), return_counts=True)


def ground(picture):
    """The most frequent colour."""
    found, counts = colors(picture)
    return numpy.array([found[counts.argmax()] >> shift & 255 for shift in (16, 8, 0)])


def lightness(color):
    return float(numpy.dot(color, LUMA))


def blank(picture, fewest, marked, vivid):
    """Why a picture shows no data, "" if it does: it has so many colours, a share of
    its pixels is not ground, and of those a share of the picture is not gray either."""
    distinct = len(colors(picture)[0])
    off = numpy.abs(picture - ground(picture)).max(axis=2) > 24
    chroma = picture.max(axis=2) - picture.min(axis=2)
    ink, bright = off.mean(), (off & (chroma > 48)).mean()
    if distinct < fewest or ink < marked or bright < vivid:
        return f"{distinct} colours, {ink:.2%} of the pixels drawn, {bright:.2%} in colour; want {fewest}, {marked:.2%}, {vivid:.2%}"
    return ""
