"""What a discovery writes: conditions in plain words, tables, figures, data and record."""
