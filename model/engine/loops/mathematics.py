"""Exponential and logarithm as arithmetic alone, so that one instruction serves several numbers.

The processor has no such instructions and the C library takes one number at a time. Ranges are reduced and logarithms
computed as in Sun's fdlibm (1993); both are right to about the last bit. An exponential below 2e-308 is 0.
"""

from __future__ import annotations

import math

from model.engine.loops.text import Text, Value, everywhere, exact, typed

ROUNDING = 6755399441055744.0  # 1.5 * 2^52: adding it leaves a number's whole part in the last bits
LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
LARGEST, SMALLEST = 709.782712893384, -708.3964185322641
TERMS = 13
LOGARITHM = (
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
)
ROOT_OF_HALF = 0x3FE6A09E667F3BCD  # bits of the square root of a half
MANTISSA = 52
SMALLEST_NORMAL, RAISE = 2.2250738585072014e-308, 54


class _Function(Text):
    """The body of one function of one argument `%x`, written for `lanes` numbers at once."""

    def __init__(self, lanes: int) -> None:
        super().__init__(lanes)
        self.x = Value("%x", True)
        self._whole = typed("i64", lanes)

    def polynomial(self, coefficients: tuple[float, ...], at: Value) -> Value:
        """Return a polynomial, lowest power first, as two of half the length side by side."""
        squared = self.arithmetic("fmul", at, at)
        halves = [self._horner(coefficients[start::2], squared) for start in (0, 1)]
        return self.fused(halves[1], at, halves[0])

    def _horner(self, coefficients: tuple[float, ...], at: Value) -> Value:
        value = self.number(coefficients[-1])
        for coefficient in reversed(coefficients[:-1]):
            value = self.fused(value, at, self.number(coefficient))
        return value

    def fused(self, a: Value, b: Value, c: Value) -> Value:
        """Return a * b + c."""
        return self.call("llvm.fmuladd", a, b, c)

    def bits(self, value: Value) -> str:
        return self.give(f"bitcast {self.type(True)} {self.widened(value)} to {self._whole}")

    def from_bits(self, text: str) -> Value:
        return Value(self.give(f"bitcast {self._whole} {text} to {self.type(True)}"), True)

    def whole(self, name: str, text: str, constant: int) -> str:
        return self.give(f"{name} {self._whole} {text}, {everywhere('i64', str(constant), self.lanes)}")

    def added(self, name: str, first: str, second: str) -> str:
        return self.give(f"{name} {self._whole} {first}, {second}")

    def text(self, name: str, result: Value) -> str:
        kind = self.type(True)
        head = f"define internal {kind} @{name}.{self.lanes}({kind} %x) alwaysinline {{"
        return "\n".join([head, "entry:", *self.lines, f"  ret {kind} {result.text}", "}"])


def exponential(lanes: int) -> str:
    """Return the text of the function `@exp`."""
    f = _Function(lanes)
    shifted = f.fused(f.x, f.number(math.log2(math.e)), f.number(ROUNDING))
    count = f.arithmetic("fsub", shifted, f.number(ROUNDING))
    back = f.arithmetic("fmul", count, f.number(-1.0))
    rest = f.fused(back, f.number(LN2_LOW), f.fused(back, f.number(LN2_HIGH), f.x))
    power = f.polynomial(tuple(1 / math.factorial(n) for n in range(TERMS + 1)), rest)
    scale = f.whole("shl", f.bits(shifted), MANTISSA)
    value = f.from_bits(f.added("add", f.bits(power), scale))
    value = f.select(f.compare("ogt", f.x, f.number(LARGEST)), f.number(math.inf), value)
    value = f.select(f.compare("olt", f.x, f.number(SMALLEST)), f.number(0.0), value)
    return f.text("exp", f.select(f.compare("uno", f.x, f.x), f.x, value))


def logarithm(lanes: int) -> str:
    """Return the text of the function `@log`."""
    f = _Function(lanes)
    tiny = f.compare("olt", f.x, f.number(SMALLEST_NORMAL))
    x = f.select(tiny, f.arithmetic("fmul", f.x, f.number(2.0**RAISE)), f.x)
    bits = f.bits(x)
    exponent = f.whole("ashr", f.whole("sub", bits, ROOT_OF_HALF), MANTISSA)
    fraction = f.from_bits(f.added("sub", bits, f.whole("shl", exponent, MANTISSA)))
    rounding = int(exact(ROUNDING), 16)
    count = f.arithmetic("fsub", f.from_bits(f.whole("add", exponent, rounding)), f.number(ROUNDING))
    count = f.arithmetic("fsub", count, f.select(tiny, f.number(float(RAISE)), f.number(0.0)))
    value = _of_fraction(f, f.arithmetic("fsub", fraction, f.number(1.0)), count)
    value = f.select(f.compare("oeq", f.x, f.number(math.inf)), f.x, value)
    value = f.select(f.compare("oeq", f.x, f.number(0.0)), f.number(-math.inf), value)
    return f.text("log", f.select(f.compare("ult", f.x, f.number(0.0)), f.number(math.nan), value))


def _of_fraction(f: _Function, excess: Value, count: Value) -> Value:
    """Return the logarithm of (1 + excess) * 2^count."""
    s = f.arithmetic("fdiv", excess, f.arithmetic("fadd", excess, f.number(2.0)))
    z = f.arithmetic("fmul", s, s)
    series = f.arithmetic("fmul", z, f.polynomial(LOGARITHM, z))
    half = f.arithmetic("fmul", f.arithmetic("fmul", excess, excess), f.number(0.5))
    low = f.fused(s, f.arithmetic("fadd", half, series), f.arithmetic("fmul", count, f.number(LN2_LOW)))
    rest = f.arithmetic("fsub", f.arithmetic("fsub", half, low), excess)
    return f.arithmetic("fsub", f.arithmetic("fmul", count, f.number(LN2_HIGH)), rest)
