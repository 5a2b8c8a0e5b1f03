package io.github.spirabr.training.internal.kernel;

/** The block of {@link TemporalConvolutionBlock} by its definition, in double and without any trick. */
final class NaiveBlock {

    private NaiveBlock() {}

    static double mish(double x) {
        double softplus = x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
        return x * Math.tanh(softplus);
    }

    static double mishDerivative(double x) {
        double softplus = x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
        double cosh = Math.cosh(Math.min(softplus, 300));
        return Math.tanh(softplus) + x / (cosh * cosh) / (1 + Math.exp(-x));
    }

    static double[][] convolve(
            int cIn, int cOut, int k, int d, int time, int f, double[] params, double[][] in) {
        int outTime = time - (k - 1) * d;
        double[][] out = new double[cOut][outTime * f];
        for (int o = 0; o < cOut; o++) {
            for (int t = 0; t < outTime; t++) {
                for (int x = 0; x < f; x++) {
                    double sum = params[cOut * cIn * k + o];
                    for (int c = 0; c < cIn; c++) {
                        for (int j = 0; j < k; j++) {
                            sum += params[(o * cIn + c) * k + j] * in[c][(t + j * d) * f + x];
                        }
                    }
                    out[o][t * f + x] = sum;
                }
            }
        }
        return out;
    }

    static double[][] forward(
            int cIn, int cOut, int k, int d, int groups, boolean pool, int time, int f,
            double[] params, double[][] in, float[] mask) {
        double[][] x = convolve(cIn, cOut, k, d, time, f, params, in);
        int convTime = time - (k - 1) * d;
        int perGroup = cOut / groups;
        int gamma = cOut * cIn * k + cOut;
        for (int g = 0; g < groups; g++) {
            double mean = 0;
            double variance = 0;
            double size = (double) perGroup * convTime * f;
            for (int o = g * perGroup; o < (g + 1) * perGroup; o++) {
                for (double v : x[o]) {
                    mean += v / size;
                }
            }
            for (int o = g * perGroup; o < (g + 1) * perGroup; o++) {
                for (double v : x[o]) {
                    variance += (v - mean) * (v - mean) / size;
                }
            }
            for (int o = g * perGroup; o < (g + 1) * perGroup; o++) {
                for (int i = 0; i < x[o].length; i++) {
                    x[o][i] =
                            mish((x[o][i] - mean) / Math.sqrt(variance + 1e-5) * params[gamma + o] + params[gamma + cOut + o]);
                }
            }
        }
        int outTime = pool ? convTime / 2 : convTime;
        double[][] out = new double[cOut][outTime * f];
        for (int o = 0; o < cOut; o++) {
            for (int i = 0; i < outTime * f; i++) {
                int first = i + i / f * f;
                double v = pool ? Math.max(x[o][first], x[o][first + f]) : x[o][i];
                out[o][i] = mask == null ? v : v * mask[o * outTime * f + i];
            }
        }
        return out;
    }
}
