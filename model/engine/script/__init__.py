"""Back end "script": a model's run as JavaScript, for pages that compute in the reader's browser.

From the same checked equations as the emitted module and by way of the same statements and loops as the back end
"loops": `stages` (what is computed before a run, for every step before it, at its first moment, in a step) → `layout`
(where each array lies in one room of numbers) → `writer` with `expressions` (the loops in JavaScript) → `emit` (the
whole text; `runtime.js` runs it).
"""

from model.engine.script.emit import Script, emit_script

__all__ = ["Script", "emit_script"]
