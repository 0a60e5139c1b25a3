"""Build the drivers: `python -m calibration.drivers`, after the demography and economy tables."""

from calibration.drivers import baseline, households, newcomers, reference, regional, register, structure

if __name__ == "__main__":
    structure.build()
    newcomers.build()
    register.build()
    baseline.build()
    households.build()
    regional.build()
    reference.build()
