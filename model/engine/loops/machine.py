"""Compiles the text of a run to machine code, kept between processes (package llvmlite)."""

from __future__ import annotations

import ctypes
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from model.engine.cache import CACHE, DIGEST, processor
from model.engine.jax_backend import BackendMissingError
from model.whole import write_whole

LEVEL = 3  # of optimisation
MASKED = (
    '!"llvm.loop.vectorize.enable", i1 true',
    '!"llvm.loop.vectorize.width", i32 8',
    '!"llvm.loop.vectorize.predicate.enable", i1 true',
    '!"llvm.loop.interleave.count", i32 1',
)


MISSING = (
    "the back end 'loops' needs the package 'llvmlite', which is not installed.\n"
    "  Install the extra 'fast' (pip install -e .[fast]), or use the NumPy back end."
)


def llvm() -> Any:
    """Return the package. Raises BackendMissingError."""
    try:
        return import_module("llvmlite.binding")
    except ImportError as error:
        raise BackendMissingError(MISSING) from error


def _target() -> Any:
    """Return a description of this processor; one for each use, since what is made with it owns it."""
    binding = llvm()
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    features = binding.get_host_cpu_features().flatten()
    target = binding.Target.from_default_triple()
    return target.create_target_machine(
        binding.get_host_cpu_name(), features, opt=LEVEL, codemodel="jitdefault", jit=True
    )


def hints() -> tuple[str, ...]:
    """Return how loops over the places of a single run are best written on this processor.

    With masks the last round of eight numbers leaves out what is too much: 29 municipalities are four rounds, and not
    three and five numbers one by one, which would take longer than the three.
    """
    masks = llvm().get_host_cpu_features().get("avx512f", False)
    return MASKED if masks else ()


class Machine:
    """The function of a text, loaded: call it with the addresses of its arrays and the number of steps."""

    def __init__(self, text: str, folder: Path = CACHE) -> None:
        binding = llvm()
        key = f"{text} {binding.llvm_version_info} {processor()}"
        path = folder / f"{hashlib.sha256(key.encode()).hexdigest()}.o"
        self._engine = binding.create_mcjit_compiler(binding.parse_assembly(""), _target())
        code = _load(path)
        if code is None:
            code = compiled(text)
            _store(code, path)
        self._engine.add_object_file(binding.ObjectFileRef.from_data(code))
        self._engine.finalize_object()
        self._run = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64)(self._engine.get_function_address("run"))

    def __call__(self, table: Any, steps: int) -> None:
        """Run all steps."""
        self._run(table, steps)


@contextmanager
def _remarks_unsaid() -> Iterator[None]:
    """Keep LLVM from writing on the terminal which loops it could not lay side by side: no fault, and not for users."""
    try:
        saved = os.dup(2)
    except OSError:  # there is no standard error
        yield
        return
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(saved, 2)
            os.close(saved)


def compiled(text: str) -> bytes:
    """Return the machine code of a text."""
    binding, target = llvm(), _target()
    module = binding.parse_assembly(text)
    module.verify()
    tuning = binding.create_pipeline_tuning_options(speed_level=LEVEL)
    tuning.loop_vectorization = tuning.slp_vectorization = True
    builder = binding.create_pass_builder(target, tuning)
    with _remarks_unsaid():
        builder.getModulePassManager().run(module, builder)
    code: bytes = target.emit_object(module)
    return code


def _load(path: Path) -> bytes | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content[DIGEST:] if hashlib.sha256(content[DIGEST:]).digest() == content[:DIGEST] else None


def _store(code: bytes, path: Path) -> None:
    with suppress(OSError):  # a run needs no cache
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, hashlib.sha256(code).digest() + code)
