"""Back end "loops": the step as machine code of explicit loops, each array read and written as seldom as can be.

From the same checked equations as the emitted module: `nodes` (expressions cell by cell) → `statements` (each in loops
of its own) → `schedule` (which loops run together) → `economy` (fewer large arrays between them) → `memory` (what must
lie anywhere at all) → `writer` with `evaluate`, `mathematics` and `text` (LLVM's language) → `machine` (compiled, kept
between processes) → `run`. Members of a block lie side by side and are computed by the same instructions.
"""
