package io.github.spirabr.benchmarks.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The seconds of several tasks, measured repeatedly in turn. Not thread-safe. */
final class Pairs {

    /** A task to measure. */
    interface Work {

        void run() throws IOException;
    }

    private final List<String> works;
    private final List<double[]> seconds = new ArrayList<>();

    Pairs(String... works) {
        this.works = List.of(works);
    }

    static double seconds(Work work) throws IOException {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Adds the seconds of each task in one turn. */
    void add(double... each) {
        seconds.add(each);
    }

    void report(long bytes) {
        double mebibytes = (double) bytes / (1 << 20);
        for (int w = 0; w < works.size(); w++) {
            int column = w;
            double median = median(seconds.stream().mapToDouble(each -> each[column]).toArray());
            System.out.printf("%-8s %6.2f s %7.0f MiB/s%n", works.get(w), median, mebibytes / median);
        }
    }

    /** Returns the speed of another task relative to the base: the median of the turns. */
    double ratio(String base, String other) {
        int from = works.indexOf(base);
        int to = works.indexOf(other);
        return median(seconds.stream().mapToDouble(each -> each[from] / each[to]).toArray());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }
}
