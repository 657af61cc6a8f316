"""A module whose docstrings have live blocks.

>>> 1 + 1
2

.. asgi-live::
   :caption: In a docstring

   app = "in a module's docstring"
"""


def serve() -> None:
    """Serve.

    .. code-block:: python
       :class: asgi-live

       app = "in a function's docstring"
    """
