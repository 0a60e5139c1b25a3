"""What a run leaves behind: results, tables, figures, a summary and a record."""
