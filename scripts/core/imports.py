"""Some modules of a package without all the rest of it, or without the packages that it takes along."""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def bare_package(name: str) -> Iterator[None]:
    """Within this block, import modules of a package without running the package's own __init__.

    That of NLTK imports every part of it, and SciPy and scikit-learn where they are installed: 0.4 to 1.8 s in every
    job that needs two of its modules. What is imported here stays apart: whoever imports the package later gets all
    of it, in modules of its own.
    """
    spec = importlib.util.find_spec(name)
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError(f"there is no package {name} here", name=name)
    kept = {key: sys.modules.pop(key) for key in [*sys.modules] if key == name or key.startswith(f"{name}.")}
    package = ModuleType(name)
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules[name] = package
    try:
        yield
    finally:
        for key in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
            del sys.modules[key]
        sys.modules.update(kept)


@contextmanager
def stand_in(name: str, **attributes: object) -> Iterator[None]:
    """Within this block, a module that nothing has imported yet is an empty one with these attributes."""
    if name in sys.modules:
        yield
        return
    module = ModuleType(name)
    vars(module).update(attributes)
    sys.modules[name] = module
    try:
        yield
    finally:
        del sys.modules[name]
