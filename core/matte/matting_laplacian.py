"""The matting Laplacian: how well a matte follows the colours of a photo.

In every small window an honest matte is close to a linear function of the colour. The squared
distance from that, summed over all windows, is the quadratic form of the matting Laplacian. It
is never written down as a matrix here: sums over windows multiply by it, on the tiles along the
edges alone.

Papers: A. Levin, D. Lischinski, Y. Weiss, "A Closed-Form Solution to Natural Image Matting", PAMI
2008 (the form itself); K. He, J. Sun, X. Tang, "Fast Matting Using Large Kernel Matting Laplacian
Matrices", CVPR 2010 (multiplying by it with box filters, equations 7 to 9); K. He, J. Sun,
X. Tang, "Guided Image Filtering", PAMI 2013 (one step towards its solution).
"""

import numpy as np
import numpy.typing as npt

from core.matte.box import box_sum
from core.matte.tiles import SIDE, Tiles

Plane = npt.NDArray[np.float32]

Windows = tuple[Plane, Plane, Plane, Plane, Plane]
"""Colours, window means, inverse covariances, complete windows and their count, of a batch."""


class MattingLaplacian:
    """The matting Laplacian of a colour picture on the tiles that touch a region.

    Multiplied by the inverse of a window's size, so that its diagonal is near 1.
    """

    def __init__(
        self,
        image: Plane,
        region: npt.NDArray[np.bool_],
        radius: int,
        epsilon: float,
        keep: bool = True,
    ) -> None:
        """Prepare the windows' colour statistics, or with ``keep`` false compute them when asked.

        They take ten times what the picture does, which is wasted on who asks but once.

        ``image`` is float32 (3, h, w) in 0..1, ``region`` bool (h, w); windows are
        ``2 * radius + 1`` pixels a side, and ``epsilon`` (in squared colour units) says how
        much colours vary in a window before the matte has to follow them.
        """
        self.radius = radius
        self.tiles = Tiles(region, 2 * radius)
        self.scale = np.float32(1 / (2 * radius + 1) ** 2)
        self.epsilon = epsilon
        self.planes = [self.tiles.pad(channel, edge=True) for channel in image]
        height, width = region.shape
        inside = np.zeros((height, width), np.float32)
        inside[radius : height - radius, radius : width - radius] = 1
        self.inside = self.tiles.pad(inside)
        self._kept = [self._statistics(which) for which in self.tiles.batches()] if keep else []

    def windows(self, number: int, which: slice) -> Windows:
        """Return what is known of the colours of a batch: its number, its tiles."""
        return self._kept[number] if self._kept else self._statistics(which)

    def _statistics(self, which: slice) -> Windows:
        """Return colours, window means, inverse covariances, complete windows and their count."""
        radius, epsilon = self.radius, self.epsilon
        colours = np.stack([self.tiles.take(plane, which) for plane in self.planes])
        # Windows are complete or left out (0), so that the form stays symmetric at the border.
        complete = self.tiles.take(self.inside, which)[:, radius:-radius, radius:-radius]
        means = box_sum(colours, radius) * self.scale
        red, green, blue = colours
        pairs = np.stack(
            [red * red, red * green, red * blue, green * green, green * blue, blue * blue]
        )
        covariance = box_sum(pairs, radius) * self.scale
        red, green, blue = means
        covariance -= np.stack(
            [red * red, red * green, red * blue, green * green, green * blue, blue * blue]
        )
        covariance[[0, 3, 5]] += np.float32(epsilon)
        inverse = _inverse(covariance, epsilon) * complete
        return colours, means, inverse, complete, box_sum(complete, radius)

    def _models(self, windows: Windows, values: Plane) -> Plane:
        """Return each window's linear model of ``values`` (n, s, s) as (a, b): (4, n, s', s')."""
        colours, means, inverse, complete, _ = windows
        stack = np.empty((4, *values.shape), np.float32)
        np.multiply(colours, values, out=stack[:3])
        stack[3] = values
        sums = box_sum(stack, self.radius)
        sums *= self.scale
        mean = sums[3]
        red, green, blue = sums[:3] - means * mean
        models = np.empty_like(sums)
        models[0] = inverse[0] * red + inverse[1] * green + inverse[2] * blue
        models[1] = inverse[1] * red + inverse[3] * green + inverse[4] * blue
        models[2] = inverse[2] * red + inverse[4] * green + inverse[5] * blue
        models[3] = complete * mean - (models[:3] * means).sum(axis=0)
        return models

    def multiply(self, padded: Plane) -> Plane:
        """Return the Laplacian times a plane that :meth:`Tiles.pad` made; zero off the tiles."""
        result, margin = self.tiles.blank(), 2 * self.radius
        for number, which in enumerate(self.tiles.batches()):
            values = self.tiles.take(padded, which)
            windows = self.windows(number, which)
            sums = box_sum(self._models(windows, values), self.radius)
            colours, _, _, _, count = windows
            inner = np.s_[:, margin : margin + SIDE, margin : margin + SIDE]
            product = count * values[inner] - sums[3]
            for channel in range(3):
                product -= sums[channel] * colours[channel][inner]
            product *= self.scale
            self.tiles.put(result, which, product)
        return result

    def mean_models(self, padded: Plane) -> list[Plane]:
        """Return the linear models (a red, a green, a blue, b) of a padded plane at each pixel.

        Each is the mean over all windows that hold the pixel, on a padded plane; zero off the
        tiles. ``a . colour + b`` is the plane, guided-filtered.
        """
        results = [self.tiles.blank() for _ in range(4)]
        for number, which in enumerate(self.tiles.batches()):
            values = self.tiles.take(padded, which)
            windows = self.windows(number, which)
            models = box_sum(self._models(windows, values), self.radius)
            models /= np.maximum(windows[4], 1)
            for result, model in zip(results, models, strict=True):
                self.tiles.put(result, which, model)
        return results


def _inverse(matrix: Plane, least: float) -> Plane:
    """Return inverses of symmetric 3x3 matrices, (6, ...): 00, 01, 02, 11, 12, 22.

    By elimination without square roots (L D L'), as determinants lose all their digits where two
    colour channels go together. ``least`` is what the eigenvalues are known to exceed.
    """
    a, b, c, d, e, f = matrix
    left, low = b / a, c / a
    middle = np.maximum(d - left * b, least)
    cross = e - left * c
    lower = cross / middle
    last = 1 / np.maximum(f - low * c - lower * cross, least)
    inverse = np.empty_like(matrix)
    inverse[5] = last
    inverse[4] = -lower * last
    inverse[3] = 1 / middle + lower * lower * last
    inverse[1] = -(left * inverse[3] + low * inverse[4])
    inverse[2] = -(left * inverse[4] + low * last)
    inverse[0] = 1 / a - left * inverse[1] - low * inverse[2]
    return inverse
