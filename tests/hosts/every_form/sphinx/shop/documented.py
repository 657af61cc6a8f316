"""A module whose docstrings have live blocks.

>>> 1 + 1
2

.. asgi-live::
   :caption: In a docstring

   app = "in the docstring of a module"
"""


def serve() -> None:
    """Serve.

    .. code-block:: python
       :class: asgi-live

       app = "in the docstring of a function"
    """
