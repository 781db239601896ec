"""What the browser tells of the device, read once at the start."""


class Device:
    """Facts that decide how much is done at once, and where.

    ``cores`` is ``navigator.hardwareConcurrency``; ``memory_gib`` ``navigator.deviceMemory`` or
    ``None`` where the browser does not tell; ``isolated`` ``crossOriginIsolated``;
    ``shares_memory`` whether threads can share memory, without which there are none; ``mobile``
    whether the browser says that it runs on a phone; ``saves_data`` whether the user asks for few
    bytes.
    """

    def __init__(
        self,
        cores=1,
        memory_gib=None,
        isolated=False,
        shares_memory=False,
        mobile=False,
        saves_data=False,
    ):
        self.cores = cores
        self.memory_gib = memory_gib
        self.isolated = isolated
        self.shares_memory = shares_memory
        self.mobile = mobile
        self.saves_data = saves_data
