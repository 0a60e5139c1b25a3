"""What would it take: searches the levers for the cheapest or smallest mix that reaches a target."""
