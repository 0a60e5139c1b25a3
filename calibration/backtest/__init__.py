"""How well total population would have been forecast in the past, on what was known then: methods beside each other."""
