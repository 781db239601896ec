"""Looks into single layers of a network: what each of its channels answers to the photo.

Plain Python: worker, network and course are handed in. A network runs once for a photo; after that
its layers are there to be looked at one after the other.
"""

from ui.lab.answers import LIGHT_SIDE, PATIENCE

NO_PHOTO = "Choose a photo first: what a layer answers depends on it."


class InnerLayers:
    """Keeps in mind which network's layers are there."""

    def __init__(self, worker, network, course):
        self._worker, self._network, self._course = worker, network, course
        self._key = ""
        """The network whose layers are there, for the photo that is on the bench."""

    def forget(self):
        """The network's input is another one now."""
        self._key = ""

    async def look(self, key, outputs, layer):
        """Return what the lab's worker makes of a layer: values and the buffer of its pictures.

        ``key`` names a network of ``assets/lab/layers.json``, ``outputs`` is what opens its layers,
        ``layer`` one of them that has an ``activation``. Instead of pictures the values hold an
        ``error`` where there is no photo yet, or where a pupil's code, which makes the network's
        input, cannot be used.
        """
        if self._course.blob is None:
            return {"error": NO_PHOTO}, None
        if self._key != key:
            side = LIGHT_SIDE if key == "u2netp" else self._course.side
            asked = "lab_pixels" if key == "u2netp" else "lab_input"
            values, tensor = await self._worker.call(asked, side, patience=PATIENCE)
            if "error" in values:
                return values, None
            self._key = ""
            await self._network.look_inside(key, outputs, tensor, side)
            self._key = key
        shape, content = await self._network.layer(layer["activation"])
        channels, height, width = shape[-3:]
        return await self._worker.call(
            "lab_layer", layer["name"], content, channels, height, width, patience=PATIENCE
        )
