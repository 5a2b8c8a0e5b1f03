package io.github.spirabr.core.internal.adapter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.RealVector;

/** The space that some rows span, with an orthonormal basis by Gram and Schmidt's method. Immutable. */
final class RowSpace {

    /** A row whose part outside of the space is relatively smaller lies in it. */
    private static final double INSIDE = 1e-10;

    private final int columns;
    private final List<double[]> basis;

    private RowSpace(int columns, List<double[]> basis) {
        this.columns = columns;
        this.basis = basis;
    }

    static RowSpace of(List<double[]> rows) {
        List<double[]> basis = new ArrayList<>();
        for (double[] row : rows) {
            double[] outside = row.clone();
            // The second pass removes what rounding has left by the first.
            for (int pass = 0; pass < 2; pass++) {
                for (double[] one : basis) {
                    add(outside, one, -product(outside, one));
                }
            }
            double length = Math.sqrt(product(outside, outside));
            if (length > INSIDE * Math.sqrt(product(row, row))) {
                for (int i = 0; i < outside.length; i++) {
                    outside[i] /= length;
                }
                basis.add(outside);
            }
        }
        return new RowSpace(rows.get(0).length, basis);
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static void add(double[] sum, double[] row, double factor) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * row[i];
        }
    }

    /** Returns the coordinates of rows of this space. */
    List<double[]> reduce(List<double[]> rows) {
        return rows.stream().map(row -> basis.stream().mapToDouble(one -> product(one, row)).toArray()).toList();
    }

    /** Returns weights on the coordinates that equal these weights on the columns; the last of both is the intercept. */
    double[] reduced(double[] weights) {
        double[] reduced = new double[basis.size() + 1];
        double[] ofColumns = Arrays.copyOf(weights, columns);
        for (int i = 0; i < basis.size(); i++) {
            reduced[i] = product(basis.get(i), ofColumns);
        }
        reduced[basis.size()] = weights[columns];
        return reduced;
    }

    /** Returns weights on the columns that equal these weights on the coordinates; the last of both is the intercept. */
    double[] expand(double[] weights) {
        double[] sum = new double[columns];
        for (int i = 0; i < basis.size(); i++) {
            add(sum, basis.get(i), weights[i]);
        }
        double[] expanded = Arrays.copyOf(sum, columns + 1);
        expanded[columns] = weights[basis.size()];
        return expanded;
    }

    /**
     * Computes the standard errors of the columns' weights. Outside of this space the penalty alone curves the loss.
     *
     * @param solver solver of the Hessian by the coordinates and the intercept
     */
    double[] standardErrors(DecompositionSolver solver, double penalty) {
        double[] errors = new double[columns];
        for (int c = 0; c < columns; c++) {
            RealVector axis = new ArrayRealVector(basis.size() + 1);
            for (int i = 0; i < basis.size(); i++) {
                axis.setEntry(i, basis.get(i)[c]);
            }
            double inside = axis.dotProduct(axis);
            errors[c] = Math.sqrt(axis.dotProduct(solver.solve(axis)) + Math.max(0, 1 - inside) / penalty);
        }
        return errors;
    }
}
