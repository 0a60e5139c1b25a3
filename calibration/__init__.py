"""Observed history, estimated rates and, later, the fit of the model to them."""
