package io.github.spirabr.core.internal;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Logistic regression with an L2 penalty: the weights and the intercept, which is not penalised, of the least sum of log
 * losses + |weights|² / 2, which is scikit-learn's at C = 1. By Newton's method with step halving, so that the same data
 * give the same bits. Immutable.
 */
public final class LogisticRegression {

    private static final int MOST_STEPS = 100;
    private static final double SMALL_STEP = 1e-10;
    /** Keeps the system solvable where the intercept's own curvature is all but zero. */
    private static final double RIDGE = 1e-12;

    private final double[] weights;

    private LogisticRegression(double[] weights) {
        this.weights = weights;
    }

    /**
     * Fits a regression.
     *
     * @param rows at least one, all of one length, preferably standardised
     * @param positive positive of each row
     */
    public static LogisticRegression fit(List<double[]> rows, boolean[] positive) {
        int size = rows.get(0).length + 1;
        double[] weights = new double[size];
        double loss = loss(rows, positive, weights);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] direction = direction(rows, positive, weights);
            double length = 0;
            for (double one : direction) {
                length = Math.max(length, Math.abs(one));
            }
            double scale = 1;
            double[] moved = moved(weights, direction, scale);
            double movedLoss = loss(rows, positive, moved);
            while (movedLoss > loss && scale > 1e-6) {
                scale /= 2;
                moved = moved(weights, direction, scale);
                movedLoss = loss(rows, positive, moved);
            }
            if (movedLoss > loss) {
                break;
            }
            weights = moved;
            loss = movedLoss;
            if (length * scale < SMALL_STEP) {
                break;
            }
        }
        return new LogisticRegression(weights);
    }

    /** Returns the probability of being positive, in (0, 1). */
    public double probability(double[] row) {
        return 1 / (1 + Math.exp(-logit(row, weights)));
    }

    /** Returns the log odds of being positive. */
    public double logit(double[] row) {
        return logit(row, weights);
    }

    private static double logit(double[] row, double[] weights) {
        double sum = weights[row.length];
        for (int i = 0; i < row.length; i++) {
            sum += weights[i] * row[i];
        }
        return sum;
    }

    private static double[] moved(double[] weights, double[] direction, double scale) {
        double[] moved = weights.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] -= scale * direction[i];
        }
        return moved;
    }

    private static double loss(List<double[]> rows, boolean[] positive, double[] weights) {
        double sum = 0;
        for (int i = 0; i < rows.size(); i++) {
            double margin = positive[i] ? -logit(rows.get(i), weights) : logit(rows.get(i), weights);
            sum += Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
        }
        for (int i = 0; i < weights.length - 1; i++) {
            sum += weights[i] * weights[i] / 2;
        }
        return sum;
    }

    /** Computes the Newton direction: the inverse Hessian times the gradient. */
    private static double[] direction(List<double[]> rows, boolean[] positive, double[] weights) {
        int size = weights.length;
        double[] gradient = new double[size];
        double[][] curvature = new double[size][size];
        for (int r = 0; r < rows.size(); r++) {
            double[] row = rows.get(r);
            double p = 1 / (1 + Math.exp(-logit(row, weights)));
            double error = p - (positive[r] ? 1 : 0);
            for (int i = 0; i < size; i++) {
                double left = i < row.length ? row[i] : 1;
                gradient[i] += error * left;
                for (int j = 0; j <= i; j++) {
                    curvature[i][j] += p * (1 - p) * left * (j < row.length ? row[j] : 1);
                }
            }
        }
        for (int i = 0; i < size; i++) {
            boolean intercept = i == size - 1;
            gradient[i] += intercept ? 0 : weights[i];
            curvature[i][i] += intercept ? RIDGE : 1;
            for (int j = 0; j < i; j++) {
                curvature[j][i] = curvature[i][j];
            }
        }
        RealMatrix matrix = new Array2DRowRealMatrix(curvature, false);
        RealVector step = new CholeskyDecomposition(matrix, 1e-9, 0).getSolver().solve(new ArrayRealVector(gradient, false));
        return step.toArray();
    }
}
