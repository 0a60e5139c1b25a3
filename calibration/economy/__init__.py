"""Jobs, commuting, housing, money and labour supply of the 29 municipalities, from official statistics.

`python -m calibration.economy` reads `../shared/data`, checks that it adds up, and writes the tables of
`calibration/history/` and the start values and drivers of `model/values/`. Same input, same bytes.

Start values describe 31 December of the start year from data about that year and earlier, with these exceptions, which
are matters of measurement and not of forecast: the level of RAMS (factors of 2019–21), the pattern of pairs in the
commuting matrix and of industries before 2020 (from 2020–22), households and unemployed people of 2010 (from 2011),
and national weights (need, participation and headship by age).
"""
