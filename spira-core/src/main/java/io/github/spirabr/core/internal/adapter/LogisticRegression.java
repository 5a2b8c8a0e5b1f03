package io.github.spirabr.core.internal.adapter;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.RealVector;

/**
 * Logistic regression with an L2 penalty: the weights and the intercept, which is not penalised, of the least sum of log
 * losses + penalty * |weights|² / 2, which is scikit-learn's at C = 1 / penalty. By Newton's method with step halving, so that
 * the same data give the same bits. Immutable.
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
     * Fits a regression with a penalty of 1.
     *
     * @param rows at least one, all of one length, preferably standardised
     * @param positive positive of each row
     */
    public static LogisticRegression fit(List<double[]> rows, boolean[] positive) {
        double[] shares = new double[rows.size()];
        Arrays.fill(shares, 1);
        return new LogisticRegression(optimum(rows, positive, shares, 1));
    }

    /**
     * Fits a regression. If there are more columns than rows, the optimum lies in the space that the rows span, and is searched
     * there.
     *
     * @param rows at least one, all of one length, preferably standardised
     * @param positive positive of each row
     * @param shares factor of each row's loss, above 0
     * @param penalty factor of the squared weights, above 0
     */
    public static LogisticRegression fit(List<double[]> rows, boolean[] positive, double[] shares, double penalty) {
        if (rows.get(0).length <= rows.size()) {
            return new LogisticRegression(optimum(rows, positive, shares, penalty));
        }
        RowSpace space = RowSpace.of(rows);
        return new LogisticRegression(space.expand(optimum(space.reduce(rows), positive, shares, penalty)));
    }

    /** Returns a copy of the weights; the last one is the intercept. */
    public double[] weights() {
        return weights.clone();
    }

    /**
     * Computes the standard error of each weight but the intercept: the root of the diagonal of the inverse of the Hessian of
     * loss and penalty.
     *
     * @param rows rows, shares and penalty of {@link #fit(List, boolean[], double[], double)}
     */
    public double[] standardErrors(List<double[]> rows, double[] shares, double penalty) {
        int columns = weights.length - 1;
        if (columns <= rows.size()) {
            DecompositionSolver solver = solver(curvature(rows, shares, penalty, weights));
            double[] errors = new double[columns];
            for (int i = 0; i < columns; i++) {
                RealVector unit = new ArrayRealVector(weights.length);
                unit.setEntry(i, 1);
                errors[i] = Math.sqrt(solver.solve(unit).getEntry(i));
            }
            return errors;
        }
        RowSpace space = RowSpace.of(rows);
        DecompositionSolver solver = solver(curvature(space.reduce(rows), shares, penalty, space.reduced(weights)));
        return space.standardErrors(solver, penalty);
    }

    private static double[] optimum(List<double[]> rows, boolean[] positive, double[] shares, double penalty) {
        double[] weights = new double[rows.get(0).length + 1];
        double loss = loss(rows, positive, shares, penalty, weights);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] direction = solver(curvature(rows, shares, penalty, weights))
                    .solve(new ArrayRealVector(gradient(rows, positive, shares, penalty, weights), false)).toArray();
            double length = 0;
            for (double one : direction) {
                length = Math.max(length, Math.abs(one));
            }
            double scale = 1;
            double[] moved = moved(weights, direction, scale);
            double movedLoss = loss(rows, positive, shares, penalty, moved);
            while (movedLoss > loss && scale > 1e-6) {
                scale /= 2;
                moved = moved(weights, direction, scale);
                movedLoss = loss(rows, positive, shares, penalty, moved);
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
        return weights;
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

    private static double loss(
            List<double[]> rows, boolean[] positive, double[] shares, double penalty, double[] weights) {
        double sum = 0;
        for (int i = 0; i < rows.size(); i++) {
            double margin = positive[i] ? -logit(rows.get(i), weights) : logit(rows.get(i), weights);
            sum += shares[i] * (Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin))));
        }
        for (int i = 0; i < weights.length - 1; i++) {
            sum += penalty * weights[i] * weights[i] / 2;
        }
        return sum;
    }

    private static double[] gradient(
            List<double[]> rows, boolean[] positive, double[] shares, double penalty, double[] weights) {
        int columns = weights.length - 1;
        double[] gradient = new double[weights.length];
        for (int r = 0; r < rows.size(); r++) {
            double[] row = rows.get(r);
            double p = 1 / (1 + Math.exp(-logit(row, weights)));
            double error = shares[r] * (p - (positive[r] ? 1 : 0));
            for (int i = 0; i < columns; i++) {
                gradient[i] += error * row[i];
            }
            gradient[columns] += error;
        }
        for (int i = 0; i < columns; i++) {
            gradient[i] += penalty * weights[i];
        }
        return gradient;
    }

    /** Computes the Hessian of loss and penalty. */
    private static double[][] curvature(List<double[]> rows, double[] shares, double penalty, double[] weights) {
        int columns = weights.length - 1;
        double[][] curvature = new double[weights.length][weights.length];
        for (int r = 0; r < rows.size(); r++) {
            double[] row = rows.get(r);
            double p = 1 / (1 + Math.exp(-logit(row, weights)));
            double factor = shares[r] * p * (1 - p);
            for (int i = 0; i <= columns; i++) {
                double left = factor * (i < columns ? row[i] : 1);
                double[] sums = curvature[i];
                for (int j = 0; j < Math.min(i + 1, columns); j++) {
                    sums[j] += left * row[j];
                }
            }
            curvature[columns][columns] += factor;
        }
        for (int i = 0; i <= columns; i++) {
            curvature[i][i] += i < columns ? penalty : RIDGE;
            for (int j = 0; j < i; j++) {
                curvature[j][i] = curvature[i][j];
            }
        }
        return curvature;
    }

    private static DecompositionSolver solver(double[][] curvature) {
        return new CholeskyDecomposition(new Array2DRowRealMatrix(curvature, false), 1e-9, 0).getSolver();
    }
}
