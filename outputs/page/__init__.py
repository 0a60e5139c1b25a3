"""`sim.py page`: the what-if page — the model in the reader's browser, with levers, charts and map.

`order` (what was asked for) → `chance`, `meta` with `places`, `levers`, `indicators`, `story`, `trust` (what the page
holds) → `payload` (packed) → `build` (the folder). The user interface is in `ui`, built into `bundle`.
"""
