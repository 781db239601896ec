"""Learning at once that a worker has died.

A browser sends no event when a worker is ended or crashes. But a Web Lock (W3C Web Locks API)
that a worker holds is released by the browser the moment its worker is gone, even in the middle
of a computation. So each worker holds one for life, and the page queues for the same lock: being
granted it is the news of the death. No request, no storage, no polling.
"""


async def hold_for_life(js, lock_name, wrap):
    """Take the lock ``lock_name``, never give it back, and return once it is held.

    ``js`` is the worker's global scope; ``wrap`` turns a Python function into a JavaScript
    callback that lives as long as the worker.
    """
    held = js.Promise.withResolvers()
    forever = js.Promise.withResolvers()

    def granted(_lock):
        held.resolve(True)
        return forever.promise

    js.navigator.locks.request(lock_name, wrap(granted))
    await held.promise
