package io.github.spirabr.core.internal.adapter;

import java.util.Collection;
import java.util.Optional;

/** A search for the most similar known name. */
public final class Spelling {

    private Spelling() {}

    /**
     * Returns the known name with the fewest changed, missing, additional or swapped letters (the optimal string
     * alignment distance), if at most a third of its letters differ; of equally near ones the first.
     */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (String candidate : known) {
            int largest = Math.max(1, Math.max(name.length(), candidate.length()) / 3);
            if (Math.abs(name.length() - candidate.length()) > largest) {
                continue;
            }
            int distance = distance(name, candidate);
            if (distance < fewest && distance <= largest) {
                best = candidate;
                fewest = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                d[i][j] = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swapped = i > 1 && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
