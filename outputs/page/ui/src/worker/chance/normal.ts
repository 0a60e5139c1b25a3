/**
 * The standard normal distribution as SciPy has it.
 * Source: Moshier, Cephes 2.1 and 2.2 (inverse, error functions).
 */

const EXP_MINUS_2 = 0.13533528323661269189;
const ROOT_2_PI = 2.50662827463100050242;
/** Where the inverse's second approximation ends, in sqrt(-2 log y). */
const FAR = 8;

const P0 = [
  -59.9633501014107895267, 98.0010754185999661536, -56.6762857469070293439, 13.9312609387279679503,
  -1.23916583867381258016,
];
const Q0 = [
  1, 1.95448858338141759834, 4.67627912898881538453, 86.3602421390890590575, -225.462687854119370527,
  200.260212380060660359, -82.0372256168333339912, 15.9056225126211695515, -1.18331621121330003142,
];
const P1 = [
  4.05544892305962419923, 31.5251094599893866154, 57.1628192246421288162, 44.08050738932008347, 14.6849561928858024014,
  2.18663306850790267539, -0.140256079171354495875, -0.0350424626827848203418, -8.57456785154685413611e-4,
];
const Q1 = [
  1, 15.7799883256466749731, 45.3907635128879210584, 41.317203825467203044, 15.0425385692907503408,
  2.50464946208309415979, -0.142182922854787788574, -0.0380806407691578277194, -9.33259480895457427372e-4,
];
const P2 = [
  3.2377489177694603597, 6.91522889068984211695, 3.93881025292474443415, 1.33303460815807542389,
  0.201485389549179081538, 0.0123716634817820021358, 3.01581553508235416007e-4, 2.65806974686737550832e-6,
  6.2397453918498329373e-9,
];
const Q2 = [
  1, 6.02427039364742014255, 3.67983563856160859403, 1.37702099489081330271, 0.21623699359449663589,
  0.0134204006088543189037, 3.28014464682127739104e-4, 2.89247864745380683936e-6, 6.79019408009981274425e-9,
];

/** The number below which the share y (0 to 1) of a standard normal distribution lies. */
export function inverseNormal(y0: number): number {
  if (y0 <= 0 || y0 >= 1) return y0 === 0 ? -Infinity : y0 === 1 ? Infinity : NaN;
  const upper = y0 > 1 - EXP_MINUS_2;
  const y = upper ? 1 - y0 : y0;
  if (y > EXP_MINUS_2) {
    const middle = y - 0.5;
    const square = middle * middle;
    return (middle + middle * ((square * polynomial(square, P0)) / polynomial(square, Q0))) * ROOT_2_PI;
  }
  const x = Math.sqrt(-2 * Math.log(y));
  const z = 1 / x;
  const far = x >= FAR;
  const size = x - Math.log(x) / x - (z * polynomial(z, far ? P2 : P1)) / polynomial(z, far ? Q2 : Q1);
  return upper ? size : -size;
}

/** The logarithm of the share of a standard normal distribution that lies below x. */
export function logNormalShare(x: number): number {
  const t = x * Math.SQRT1_2;
  return x < -1 ? Math.log(scaledErfc(-t) / 2) - t * t : Math.log1p(-erfc(t) / 2);
}

const T = [
  9.60497373987051638749, 90.0260197203842689217, 2232.00534594684319226, 7003.32514112805075473,
  55592.3013010394962768,
];
const U = [
  1, 33.5617141647503099647, 521.357949780152679795, 4594.32382970980127987, 22629.0000613890934246,
  49267.3942608635921086,
];
const P = [
  2.46196981473530512524e-10, 0.564189564831068821977, 7.46321056442269912687, 48.6371970985681366614,
  196.520832956077098242, 526.445194995477358631, 934.52852717195760754, 1027.55188689515710272, 557.535335369399327526,
];
const Q = [
  1, 13.2281951154744992508, 86.7072140885989742329, 354.937778887819891062, 975.708501743205489753,
  1823.90916687909736289, 2246.33760818710981792, 1656.66309194161350182, 557.535340817727675546,
];
const R = [
  0.564189583547755073984, 1.27536670759978104416, 5.01905042251180477414, 6.16021097993053585195,
  7.4097426995044893916, 2.9788666537210024067,
];
const S = [
  1, 2.2605286322011727659, 9.39603524938001434673, 12.0489539808096656605, 17.0814450747565897222,
  9.60896809063285878198, 3.3690764510008151605,
];

/** The complementary error function. */
function erfc(a: number): number {
  const x = Math.abs(a);
  if (x < 1) return 1 - (a * polynomial(a * a, T)) / polynomial(a * a, U);
  const tail = Math.exp(-a * a) * scaledErfc(x);
  return a < 0 ? 2 - tail : tail;
}

/** exp(x²) · erfc(x) for x above 0. */
function scaledErfc(x: number): number {
  if (x < 1) return Math.exp(x * x) * erfc(x);
  return x < FAR ? polynomial(x, P) / polynomial(x, Q) : polynomial(x, R) / polynomial(x, S);
}

/** A polynomial with its highest coefficient first. */
function polynomial(x: number, coefficients: readonly number[]): number {
  let found = coefficients[0];
  for (let power = 1; power < coefficients.length; power++) found = found * x + coefficients[power];
  return found;
}
