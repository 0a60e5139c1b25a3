"""Numbers that no table in `../shared/data` holds, each with unit and source."""

from __future__ import annotations

from typing import Final

# Consumer price index, annual means, 1980=100. Source: SCB, KPI fastställda tal 1980=100, read on scb.se (table
# with months and annual means 2006–2023): A. 2024: mean of the published months January–November: B. Before 2006
# recalled: D (used only in the long series).
CPI_1980: Final = {
    1981: 112.1, 1982: 121.7, 1983: 132.6, 1984: 143.2, 1985: 153.8, 1986: 160.3, 1987: 167.0, 1988: 176.7,
    1989: 188.1, 1990: 207.8, 1991: 227.2, 1992: 232.4, 1993: 243.2, 1994: 248.5, 1995: 254.8, 1996: 256.0,
    1997: 257.3, 1998: 257.0, 1999: 258.1, 2000: 260.7, 2001: 267.1, 2002: 272.8, 2003: 278.1, 2004: 279.2,
    2005: 280.4, 2006: 284.22, 2007: 290.51, 2008: 300.61, 2009: 299.66, 2010: 303.46, 2011: 311.43, 2012: 314.20,
    2013: 314.06, 2014: 313.49, 2015: 313.35, 2016: 316.43, 2017: 322.11, 2018: 328.40, 2019: 334.26, 2020: 335.92,
    2021: 343.19, 2022: 371.91, 2023: 403.70, 2024: 415.1,
}  # fmt: skip
PRICE_YEAR: Final = 2024

# Mean tax base per inhabitant of Sweden (medelskattekraft), thousand SEK, current prices, by INCOME year.
# Source: regionfakta.com, Skattekraft (SCB), label year = income year + 2: labels 2011–2024. Quality: A.
NATIONAL_TAX_BASE: Final = {
    2009: 173.7, 2010: 176.1, 2011: 180.0, 2012: 185.8, 2013: 190.3, 2014: 194.2, 2015: 201.9, 2016: 208.8,
    2017: 215.5, 2018: 221.1, 2019: 225.2, 2020: 228.8, 2021: 239.2, 2022: 251.4,
}  # fmt: skip

# Regional tax rate, percent, where the split is stated or follows from tax switches (see money.py).
# Source: SCB OE0101 and Skatteverket (2010, 2014–2018, 2022); 2013/2014 switch for home care recalled (D).
REGIONAL_TAX: Final = {
    "24": {2010: 10.50, 2014: 10.80, 2017: 11.30, 2020: 11.35},
    "25": {2010: 10.40, 2013: 10.18, 2016: 11.34},
}

# Country-wide one- and two-family house price index, 2010 relative to 2011, dmnl. SCB's annual index rose
# about one percent; judged from the quarterly house price barometer of 2011. Quality: D.
HOUSE_PRICE_2010_TO_2011: Final = 0.99

# Commuting between counties in 2017, persons. Source: regionfakta.com (SCB RAMS), Arbetspendling till övriga
# län, and the sums of the municipalities' margins in RAMS 2017. Quality: A.
VASTERBOTTEN_2017: Final = {
    "out": 17283, "out of the county": 6435, "to Norrbotten": 1423, "in": 15345, "within": 10848,
}  # fmt: skip
# Share of Norrbotten's commuters out of the county who go to Västerbotten, share [0.15, 0.35]. Assumed equal to
# the opposite share (1 423 of 6 435). Quality: D.
NORRBOTTEN_TO_VASTERBOTTEN: Final = 1423 / 6435

# RAMS counts more self-employed people of 65 and over from 2011 (SCB: Justerad metod för skattning av personer 65 år
# och äldre i RAMS från och med årgång 2011). Jobs added per inhabitant aged 65–74, persons/person [0.05, 0.10]. The
# 29's growth 2010–11 rises with the share of that age (0.098 ± 0.024 per person; other years: −0.05 to −0.11) and
# farm employment in the regional accounts steps up by 3 000 of 4 200. Quality: C.
RAMS_2011_PER_OLDER_PERSON: Final = 0.075
