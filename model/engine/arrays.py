"""What the emitted code does with whole arrays, on NumPy or JAX (`xp`): every array has a last axis of members.

Members of an ensemble run side by side in that last axis (length 1: the same for all members). It is the axis that lies
together in memory, so that one instruction serves eight members, and it never meets another one: no function here
adds, sorts or compares across members.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import prod
from types import ModuleType
from typing import Any

import numpy as np

Array = Any
# Up to so many terms of a sum are written out one by one: the compiler then joins them with what comes before and
# after.
WRITTEN_OUT = 4
# A sum of up to so many terms is written out too: XLA's library for sums takes thirty microseconds to begin with.
SHORT = 32


def alone(value: Array, xp: ModuleType) -> Array:
    """Return a value of a single run as an array with an axis of one member."""
    return xp.asarray(value)[..., None]


def contract(spec: str, *arrays: Array, xp: Any) -> Array:
    """Return the sum of a product over the letters that stand left of "->" alone, members side by side."""
    if xp is np:
        return np.einsum(_with_members(spec), *arrays)
    return xp.contract(spec, arrays) if hasattr(xp, "contract") else contract_by_products(spec, arrays, xp)


def add_up(value: Array, axes: tuple[int, ...], xp: Any) -> Array:
    """Return the sum over some axes."""
    return xp.add_up(value, axes) if hasattr(xp, "add_up") else value.sum(axes)


def sum_of(value: Array, axes: tuple[int, ...], xp: Any) -> Array:
    """Return the sum over some axes, for the compiler."""
    letters = "abcdefghijklmnopqrstuvwxyz"[: value.ndim - 1]
    kept = "".join(letter for place, letter in enumerate(letters) if place not in axes)
    if members(value) == 1 or len(axes) > 1:
        return value.sum(axes)
    return _summed_product([(letters, value)], kept, xp)


def spread(value: Array, shape: tuple[int, ...], xp: ModuleType) -> Array:
    """Return the value repeated to a shape, beside its axis of members."""
    return xp.broadcast_to(value, (*shape, members(value)))


def place(shape: tuple[int, ...], parts: Sequence[tuple[Any, Array]], xp: ModuleType) -> Array:
    """Return an array of the shape, beside its axis of members, put together from (index, value) parts."""
    whole = xp.zeros((*shape, max(members(value) for _, value in parts)))
    for index, value in parts:
        if xp is np:
            whole[index] = value
        else:
            whole = whole.at[index].set(value)
    return whole


def members(value: Array) -> int:
    return int(np.shape(value)[-1]) if np.ndim(value) else 1


@lru_cache(maxsize=256)
def _with_members(spec: str) -> str:
    inputs, output = spec.split("->")
    return ",".join(f"{letters}..." for letters in inputs.split(",")) + f"->{output}..."


def contract_by_products(spec: str, arrays: Sequence[Array], xp: Any) -> Array:
    """Return the contraction as products and sums, which the compiler joins with what comes before."""
    if all(members(array) == 1 for array in arrays):
        return xp.einsum(spec, *(array[..., 0] for array in arrays))[..., None]
    return _contract(spec, arrays, xp)


def _contract(spec: str, arrays: Sequence[Array], xp: Any) -> Array:
    inputs, output = spec.split("->")
    factors = list(zip(inputs.split(","), arrays, strict=True))
    letter = _letter_to_write_out(factors, output)
    if letter is None:
        return _summed_product(factors, output, xp)
    terms = [_at(factors, letter, number) for number in range(_sizes(factors)[letter])]
    rest = output.replace(letter, "")
    if letter not in output:
        found = [_summed_product(term, rest, xp) for term in terms]
        return sum(found[1:], start=found[0])
    return xp.stack([_term_by_term(term, rest, xp) for term in terms], output.index(letter))


Factors = list[tuple[str, Array]]


def _sizes(factors: Factors) -> dict[str, int]:
    return {letter: n for letters, a in factors for letter, n in zip(letters, a.shape[:-1], strict=True)}


def _widest(factors: Factors) -> str:
    """Return the letters of the factor with the most numbers."""
    sizes = _sizes(factors)
    return max((letters for letters, _ in factors), key=lambda letters: prod(sizes[x] for x in letters))


def _letter_to_write_out(factors: Factors, output: str) -> str | None:
    """Return a short index that the widest factor lacks, or that is the only one to sum over."""
    sizes, widest = _sizes(factors), _widest(factors)
    summed = [letter for letter in sizes if letter not in output]
    lacking = [letter for letter in sizes if letter not in widest]
    candidates = lacking + (summed if len(summed) == 1 else [])
    return next((letter for letter in candidates if sizes[letter] <= WRITTEN_OUT), None)


def _at(factors: Factors, letter: str, number: int) -> Factors:
    """Return the factors at one place of an index."""
    found = []
    for letters, array in factors:
        if letter in letters:
            index = (slice(None),) * letters.index(letter) + (number,)
            found.append((letters.replace(letter, ""), array[index]))
        else:
            found.append((letters, array))
    return found


def _summed_product(factors: Factors, output: str, xp: Any) -> Array:
    """Return the sum of a product, as an array that the compiler does not join to what reads it if it is short."""
    sizes = _sizes(factors)
    summed = [letter for letter in sizes if letter not in output]
    if len(summed) == 1 and sizes[summed[0]] <= SHORT and output and sizes[output[0]] > 1:
        half = sizes[output[0]] // 2
        parts = [_part(factors, output[0], slice(0, half)), _part(factors, output[0], slice(half, None))]
        return xp.concatenate([_term_by_term(part, output, xp) for part in parts])
    return _at_once(factors, output)


def _term_by_term(factors: Factors, output: str, xp: Any) -> Array:
    """Return a sum over one index of few places term by term, which the compiler joins into one loop.

    Only for sums that are then put together in a new array: into any other work the compiler would join the terms too,
    and reckon them again for each of its cells.
    """
    sizes = _sizes(factors)
    summed = [letter for letter in sizes if letter not in output]
    if len(summed) != 1 or sizes[summed[0]] > SHORT:
        return _at_once(factors, output)
    terms = [_at_once(_at(factors, summed[0], number), output) for number in range(sizes[summed[0]])]
    return sum(terms[1:], start=terms[0])


def _part(factors: Factors, letter: str, stretch: slice) -> Factors:
    """Return the factors along a stretch of an index."""
    return [
        (letters, array[(slice(None),) * letters.index(letter) + (stretch,)] if letter in letters else array)
        for letters, array in factors
    ]


def _at_once(factors: Factors, output: str) -> Array:
    """Return the sum of a product as one product and one sum."""
    sizes, widest = _sizes(factors), _widest(factors)
    summed = [letter for letter in sizes if letter not in output]
    order = [x for x in sizes if x not in widest] + list(widest) if summed else list(output)
    product = None
    for letters, array in sorted(factors, key=lambda factor: len(factor[0])):
        turned = array.transpose(*(letters.index(x) for x in order if x in letters), len(letters))
        index = tuple(slice(None) if x in letters else None for x in order)
        product = turned[index] if product is None else product * turned[index]
    assert product is not None
    if not summed:
        return product
    total = product.sum(tuple(order.index(x) for x in summed))
    left = [x for x in order if x in output]
    return total.transpose(*(left.index(x) for x in output), len(output))
