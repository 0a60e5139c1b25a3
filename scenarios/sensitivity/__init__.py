"""Which inputs drive which outcomes: screening, variance shares and one-at-a-time changes from model runs."""
