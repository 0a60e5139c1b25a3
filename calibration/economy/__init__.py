"""Jobs, commuting, housing, money and labour supply of the 29 municipalities, from official statistics.

`python -m calibration.economy` reads `../shared/data`, checks that it adds up, and writes the tables of
`calibration/history/` and the start values and drivers of `model/values/`. Same input, same bytes.
"""
