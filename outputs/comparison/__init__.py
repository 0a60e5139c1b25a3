"""What a comparison of scenarios writes: results, tables, figures, summary and record."""
