"""What a sensitivity analysis leaves behind: tables, tornado figures, a summary in plain words, a record."""
