"""Back end "loops": the step as machine code of explicit loops, each array read and written as seldom as can be.

From the same checked equations as the emitted module: `nodes` (expressions by cell) → `statements` (one loop each) →
`schedule` (which loops run together) → `writer` (LLVM's language) → `machine` (compiled, kept between processes).
"""
