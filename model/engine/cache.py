"""Compiled runs kept between processes, so that only the first run of a model pays for tracing and compiling.

What is kept is the machine code itself (jax.experimental.serialize_executable), not JAX's own compilation cache:
with the latter each process still traces and lowers the model, some seconds of Python.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from model.whole import write_whole

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "engine"
DIGEST = 32  # bytes of the SHA-256 that a file begins with
Options = Mapping[str, Any]
# XLA's settings, on processors alone. With vectors of 512 bits a block takes a quarter less time than with its 256.
BLOCK: Options = {"xla_cpu_prefer_vector_width": 512}
# A single run is many small loops: one after the other in the order of least memory, written by the plainer of XLA's
# two code generators, they take a seventh less time and half as long to compile. Blocks are slower that way.
SINGLE: Options = {
    "xla_cpu_prefer_vector_width": 512,
    "xla_cpu_use_fusion_emitters": False,
    "xla_cpu_enable_concurrency_optimized_scheduler": False,
}
# On the way back a step is full of small sums of products. By itself XLA hands whole groups of operations around them
# to a library that is slow to begin with; handing over the products alone takes a third of the time off a slope.
SLOPE: Options = {**SINGLE, "xla_cpu_experimental_ynn_fusion_type": "LIBRARY_FUSION_TYPE_INDIVIDUAL_DOT"}

Function = Callable[..., Any]


class Executable:
    """A function compiled at its first call, for arguments of the shapes of that call; safe to call from threads.

    `identity` must change whenever what the function computes changes. A damaged, foreign or unwritable cache is as
    good as none. Raises BackendMissingError without JAX.
    """

    def __init__(self, function: Function, identity: str, options: Options = SINGLE, folder: Path = CACHE) -> None:
        self._function = function
        self._identity = identity
        self._options = options
        self._folder = folder
        self._lock = Lock()
        self._compiled: Function | None = None

    def __call__(self, *arguments: Any) -> Any:
        """Return what the function returns."""
        with self._lock:
            compiled = self._compiled = self._compiled or self._found(arguments)
        return compiled(*arguments)

    def _found(self, arguments: tuple[Any, ...]) -> Function:
        options = settings(self._options)
        path = self._folder / f"{_key(arguments, f'{self._identity} {options}')}.bin"
        found = _load(path)
        if found is None:
            found = _jax().jit(self._function).lower(*arguments).compile(compiler_options=options)
            _store(found, path)
        return found


def settings(options: Options) -> dict[str, Any]:
    """Return the compiler's settings where XLA compiles for a processor; none elsewhere. Needs JAX.

    Those that are an experiment of XLA's come and go: one that this version does not know is left out.
    """
    if _jax().default_backend() != "cpu":
        return {}
    return {name: value for name, value in options.items() if "experimental" not in name or _knows(name, value)}


@cache
def _knows(name: str, value: Any) -> bool:
    """Tell whether this version of XLA has a setting: one it does not know stops it."""
    jax = _jax()
    try:
        jax.jit(lambda x: x, compiler_options={name: value}).lower(1.0).compile()
    except jax.errors.JaxRuntimeError:
        return False
    return True


def _jax() -> Any:
    from model.engine.jax_backend import load_jax  # which needs this file

    return load_jax()


def _key(arguments: tuple[Any, ...], identity: str) -> str:
    jax = _jax()
    leaves, tree = jax.tree_util.tree_flatten(arguments)
    shapes = [(np.shape(leaf), str(np.asarray(leaf).dtype)) for leaf in leaves]
    setting = [identity, str(tree), str(shapes), engine_source(), jax.__version__, processor()]
    setting.append(os.environ.get("XLA_FLAGS", ""))
    return hashlib.sha256("\n".join(setting).encode()).hexdigest()


@lru_cache(maxsize=1)
def engine_source() -> str:
    """Return a hash of the engine's own source files."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


@lru_cache(maxsize=1)
def processor() -> str:
    """Return what machine code depends on: the kind of processor and the instructions it knows."""
    flags = ""
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        flags = next((line for line in lines if line.startswith(("flags", "Features"))), "")
    return f"{platform.platform()} {platform.machine()} {platform.processor()} {flags}"


def _load(path: Path) -> Function | None:
    """Return the executable of a file, None where there is none or it is damaged."""
    from jax.experimental.serialize_executable import deserialize_and_load

    try:
        content = path.read_bytes()
        if hashlib.sha256(content[DIGEST:]).digest() != content[:DIGEST]:
            return None
        loaded: Function = deserialize_and_load(*pickle.loads(content[DIGEST:]))
    except Exception:  # whatever is wrong with a file of the cache, compiling anew puts it right
        return None
    return loaded


def _store(executable: Any, path: Path) -> None:
    from jax.experimental.serialize_executable import serialize

    with suppress(Exception):  # a run needs no cache: a full disk or a JAX that cannot serialise must not stop it
        content = pickle.dumps(serialize(executable))
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, hashlib.sha256(content).digest() + content)
