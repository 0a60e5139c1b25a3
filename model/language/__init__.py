"""The model language: Vensim equations read through PySD's parser and checked before anything runs."""

from model.language.errors import ModelErrors, Problem
from model.language.load import load_model
from model.language.structure import Equation, Model, Variable

__all__ = ["Equation", "Model", "ModelErrors", "Problem", "Variable", "load_model"]
