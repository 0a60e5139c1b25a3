"""What the chapters say, (English, Swedish) under each key; numbers stand in braces and come from the Datasets."""
