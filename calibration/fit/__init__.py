"""Fitting the model to history: `sim.py calibrate`.

`target` is the loss, `optimum` finds its least value, `posterior` draws around it, `stored` is the fit on disk that
runs and ensembles use, `report` tells how far to trust it.
"""
