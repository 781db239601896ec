"""One way for both workers to answer: what a function returns, or its refusal as an answer.

It runs on MicroPython too, whose callables no type can name without a module that it lacks.
"""


def answer_or_refuse(refuse):
    """Return a decorator for the functions that a worker offers to the page.

    What such a function raises becomes the answer that ``refuse(error)`` makes of it, so that an
    error crosses to the page as data. The decorated function is asynchronous.
    """

    def decorate(function):
        async def answered(*given):
            try:
                return await function(*given)
            except Exception as error:
                return refuse(error)

        return answered

    return decorate
