"""Coordinates of a posterior: they lead back, their volume is theirs, and they take out bends."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kurtosis, skew

from calibration.fit.shape import Shape, learnt


def bent_shape(seed=1, size=4):
    random = np.random.default_rng(seed)
    root = np.tril(random.normal(size=(size, size)) / 3) + np.eye(size)
    return Shape(
        random.normal(size=size),
        root,
        random.normal(size=size),
        random.uniform(0.5, 2, size),
        random.uniform(-1, 1, size),
        random.uniform(0.5, 1.5, size),
    )


@given(st.integers(0, 1000))
@settings(max_examples=50, deadline=None)
def test_coordinates_lead_to_the_numbers_and_back(seed):
    shape = bent_shape(seed)
    y = np.random.default_rng(seed).normal(size=(5, 4))
    np.testing.assert_allclose(shape.y(shape.z(y)), y, atol=1e-8)


def test_the_slope_is_the_volume_of_the_numbers_but_for_a_constant():
    shape, step = bent_shape(), 1e-6
    points = np.random.default_rng(2).normal(size=(6, 4))
    steps = np.eye(4) * step
    slopes = np.array([[(shape.z(y + d) - shape.z(y - d)) / (2 * step) for d in steps] for y in points])
    apart = shape.log_slope(points) - np.log(np.abs(np.linalg.det(slopes)))
    assert np.ptp(apart) < 1e-6


def test_without_draws_nothing_is_bent():
    optimum: Any = SimpleNamespace(z=np.array([1.0, -2.0]), root=np.array([[0.5, 0.0], [0.2, 0.3]]))
    shape = Shape.of(optimum)
    y = np.array([[0.3, -4.0]])
    np.testing.assert_allclose(shape.z(y), optimum.z + y @ optimum.root.T)


def test_what_is_learnt_takes_out_a_leaning_tail_and_what_numbers_share():
    random = np.random.default_rng(3)
    plain = random.normal(size=(2000, 3))
    draws = plain.copy()
    draws[:, 0] = -np.sinh((np.arcsinh(plain[:, 0]) + 0.8) / 0.6)
    draws[:, 1] += 0.9 * plain[:, 2]
    optimum: Any = SimpleNamespace(z=np.zeros(3), root=np.eye(3))
    shape = learnt(Shape.of(optimum), optimum, draws)
    y = shape.y(draws)
    assert abs(float(skew(y[:, 0]))) < abs(float(skew(draws[:, 0]))) / 3
    assert abs(float(kurtosis(y[:, 0]))) < abs(float(kurtosis(draws[:, 0]))) / 10
    assert np.abs(np.corrcoef(y.T) - np.eye(3)).max() < 0.2


def test_a_shape_is_the_same_after_it_was_saved(tmp_path):
    shape = bent_shape()
    np.savez(tmp_path / "shape.npz", **shape.arrays())
    again = Shape.load(tmp_path / "shape.npz")
    y = np.array([[0.1, 0.2, -0.3, 0.4]])
    assert again.z(y) == pytest.approx(shape.z(y), abs=0)
