package io.github.spirabr.audio.speech;

import java.util.Arrays;

/**
 * The glottal pulses of voiced stretches, by cross-correlation of neighbouring periods as in Praat's "To PointProcess (cc)": from
 * the greatest magnitude near the middle of each stretch, in both directions, the next pulse is where one period of the
 * sound resembles the period around the last pulse most. For one thread.
 */
final class Pulses {

    private static final double LEAST_PERIODS = 0.8;
    private static final double MOST_PERIODS = 1.25;
    private static final double LEAST_RESEMBLANCE = 0.3;
    private static final double RESEMBLANCE_AT_EDGE = 0.7;
    private static final double LEAST_PEAK = 0.01;
    private static final double PEAK_AT_EDGE = 0.023333;
    /** Bounds of periods, in seconds, and of the ratio of neighbours, for jitter and shimmer; Praat's defaults. */
    private static final double SHORTEST = 0.0001;
    private static final double LONGEST = 0.02;
    private static final double MOST_PERIOD_RATIO = 1.3;
    private static final double MOST_AMPLITUDE_RATIO = 1.6;
    /** Reach of the window in which the amplitude of a period is measured, in periods. */
    private static final double AMPLITUDE_REACH = 0.2;

    private final float[] samples;
    private final int sampleRate;
    private final double globalPeak;
    /** The sum of the squares before each sample. */
    private final double[] squares;
    private double[] times = new double[64];
    private int count;
    /** The result of the last search. */
    private double resemblance;
    private double found;
    private double peak;

    private Pulses(float[] samples, int sampleRate) {
        this.samples = samples;
        this.sampleRate = sampleRate;
        this.squares = new double[samples.length + 1];
        double greatest = 0;
        for (int i = 0; i < samples.length; i++) {
            squares[i + 1] = squares[i] + (double) samples[i] * samples[i];
            greatest = Math.max(greatest, Math.abs(samples[i]));
        }
        this.globalPeak = greatest;
    }

    /** Finds the pulses of a recording. */
    static Pulses of(float[] samples, int sampleRate, PitchTrack track) {
        Pulses pulses = new Pulses(samples, sampleRate);
        double lastAdded = Double.NEGATIVE_INFINITY;
        double duration = (double) samples.length / sampleRate;
        for (int frame = 0; frame < track.frames(); frame++) {
            if (track.isVoiced(frame)) {
                int end = frame;
                while (track.isVoiced(end + 1)) {
                    end++;
                }
                lastAdded = pulses.stretch(track, Math.max(0, track.time(frame) - track.step() / 2),
                        Math.min(duration, track.time(end) + track.step() / 2), lastAdded);
                frame = end;
            }
        }
        Arrays.sort(pulses.times, 0, pulses.count);
        return pulses;
    }

    /** Returns the time of the last pulse that was added going right. */
    private double stretch(PitchTrack track, double left, double right, double lastAdded) {
        double middle = (left + right) / 2;
        double period = 1 / track.at(middle);
        double start = extremum(middle - period / 2, middle + period / 2);
        add(start);
        double time = start;
        for (double hertz = track.at(time); hertz > 0; hertz = track.at(time)) {
            search(time, 1 / hertz, -1);
            time = resemblance < 0 ? time - 1 / hertz : found;
            boolean apart = time - lastAdded > LEAST_PERIODS / hertz;
            if (apart && isPulse(time < left)) {
                add(time);
            }
            if (time < left) {
                break;
            }
        }
        time = start;
        double last = lastAdded;
        for (double hertz = track.at(time); hertz > 0; hertz = track.at(time)) {
            search(time, 1 / hertz, 1);
            time = resemblance < 0 ? time + 1 / hertz : found;
            if (isPulse(time > right)) {
                add(time);
                last = time;
            }
            if (time > right) {
                break;
            }
        }
        return last;
    }

    private boolean isPulse(boolean beyondEdge) {
        return beyondEdge
                ? resemblance > RESEMBLANCE_AT_EDGE && peak > PEAK_AT_EDGE * globalPeak
                : resemblance > LEAST_RESEMBLANCE && (peak == 0 || peak > LEAST_PEAK * globalPeak);
    }

    private void add(double time) {
        if (count == times.length) {
            times = Arrays.copyOf(times, 2 * count);
        }
        times[count++] = time;
    }

    private double place(double time) {
        return time * sampleRate - 0.5;
    }

    private double time(double place) {
        return (place + 0.5) / sampleRate;
    }

    /** Returns the time of the greatest magnitude, interpolated. */
    private double extremum(double from, double to) {
        int first = Math.max(0, (int) Math.floor(place(from)));
        int last = Math.min(samples.length - 1, (int) Math.ceil(place(to)));
        int best = first;
        for (int i = first + 1; i <= last; i++) {
            best = Math.abs(samples[i]) > Math.abs(samples[best]) ? i : best;
        }
        if (best == first || best == last) {
            return time(best);
        }
        double bend = 2.0 * samples[best] - samples[best - 1] - samples[best + 1];
        return time(bend == 0 ? best : best + 0.5 * (samples[best + 1] - samples[best - 1]) / bend);
    }

    /** Looks for the period that resembles the one around a time most, 0.8 to 1.25 periods before or after it. */
    private void search(double time, double period, int direction) {
        int here = (int) Math.floor(place(time - period / 2) + 0.5);
        int length = (int) Math.floor(place(time + period / 2) + 0.5) - here + 1;
        double near = time + direction * (direction < 0 ? MOST_PERIODS : LEAST_PERIODS) * period;
        double far = time + direction * (direction < 0 ? LEAST_PERIODS : MOST_PERIODS) * period;
        int from = (int) Math.floor(place(near - period / 2));
        int to = (int) Math.ceil(place(far - period / 2));
        resemblance = -1;
        peak = 0;
        double before = 0;
        double centre = 0;
        double left = 0;
        double right = 0;
        int best = 0;
        for (int there = from; there <= to; there++) {
            double next = resemblance(here, there, length);
            if (centre > resemblance && centre >= before && centre >= next) {
                resemblance = centre;
                left = before;
                right = next;
                best = there - 1;
            }
            before = centre;
            centre = next;
        }
        if (resemblance > -1) {
            double bend = 2 * resemblance - left - right;
            double shift = bend == 0 ? 0 : 0.5 * (right - left) / bend;
            resemblance += bend == 0 ? 0 : 0.125 * (right - left) * (right - left) / bend;
            found = time + (best + shift - here) / sampleRate;
            if (Math.abs(found - time) < period / 2) {
                // With a few samples per period rounding could stand still.
                resemblance = -1;
            }
            for (int i = Math.max(0, best); i < Math.min(samples.length, best + length); i++) {
                peak = Math.max(peak, Math.abs(samples[i]));
            }
        }
    }

    /** Returns the normalised correlation of two stretches, where both lie in the recording. */
    private double resemblance(int here, int there, int length) {
        int from = Math.max(0, -Math.min(here, there));
        int to = Math.min(length, samples.length - Math.max(here, there));
        if (from >= to) {
            return 0;
        }
        double sumA = 0;
        double sumB = 0;
        double sumC = 0;
        double sumD = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            sumA += samples[here + i] * samples[there + i];
            sumB += samples[here + i + 1] * samples[there + i + 1];
            sumC += samples[here + i + 2] * samples[there + i + 2];
            sumD += samples[here + i + 3] * samples[there + i + 3];
        }
        for (; i < to; i++) {
            sumA += samples[here + i] * samples[there + i];
        }
        double product = sumA + sumB + sumC + sumD;
        double power = (squares[here + to] - squares[here + from]) * (squares[there + to] - squares[there + from]);
        return product == 0 || !(power > 0) ? 0 : product / Math.sqrt(power);
    }

    /** Returns true if the periods before and after a pulse may be compared. */
    private boolean areComparable(int pulse) {
        double before = times[pulse] - times[pulse - 1];
        double after = times[pulse + 1] - times[pulse];
        return isInBounds(before) && isInBounds(after) && isAlike(before, after, MOST_PERIOD_RATIO);
    }

    /** Returns the mean difference of neighbouring periods over the mean period: Praat's "jitter (local)"; 0 without periods. */
    double jitter() {
        double sum = 0;
        int pairs = 0;
        for (int pulse = 1; pulse < count - 1; pulse++) {
            if (areComparable(pulse)) {
                sum += Math.abs((times[pulse + 1] - times[pulse]) - (times[pulse] - times[pulse - 1]));
                pairs++;
            }
        }
        double mean = meanPeriod();
        return pairs == 0 || mean == 0 ? 0 : sum / pairs / mean;
    }

    private double meanPeriod() {
        double sum = 0;
        int periods = 0;
        for (int pulse = 0; pulse + 1 < count; pulse++) {
            if (isPeriod(pulse)) {
                sum += times[pulse + 1] - times[pulse];
                periods++;
            }
        }
        return periods == 0 ? 0 : sum / periods;
    }

    /** Returns true if the interval after a pulse is a period: long enough, and like at least one of its neighbours. */
    private boolean isPeriod(int pulse) {
        double interval = times[pulse + 1] - times[pulse];
        if (!isInBounds(interval)) {
            return false;
        }
        boolean hasBefore = pulse > 0;
        boolean hasAfter = pulse + 2 < count;
        return !hasBefore && !hasAfter
                || hasBefore && isAlike(interval, times[pulse] - times[pulse - 1], MOST_PERIOD_RATIO)
                || hasAfter && isAlike(interval, times[pulse + 2] - times[pulse + 1], MOST_PERIOD_RATIO);
    }

    private static boolean isInBounds(double interval) {
        return interval >= SHORTEST && interval <= LONGEST;
    }

    private static boolean isAlike(double one, double other, double mostRatio) {
        return Math.max(one, other) <= mostRatio * Math.min(one, other);
    }

    /** Returns the mean difference of the amplitudes of neighbouring periods over their mean: Praat's "shimmer (local)". */
    double shimmer() {
        double differences = 0;
        int pairs = 0;
        double sum = 0;
        int measured = 0;
        double lastTime = 0;
        double last = 0;
        for (int pulse = 1; pulse < count - 1; pulse++) {
            double amplitude = areComparable(pulse) ? amplitude(pulse) : 0;
            if (amplitude > 0) {
                if (measured > 0 && isInBounds(times[pulse] - lastTime) && isAlike(last, amplitude, MOST_AMPLITUDE_RATIO)) {
                    differences += Math.abs(amplitude - last);
                    pairs++;
                }
                lastTime = times[pulse];
                last = amplitude;
                sum += amplitude;
                measured++;
            }
        }
        return pairs == 0 ? 0 : differences / pairs / (sum / measured);
    }

    /** Returns the root mean square around a pulse in a Hann window that reaches 0.2 periods to either side; 0 if that is too short. */
    private double amplitude(int pulse) {
        double time = times[pulse];
        double left = AMPLITUDE_REACH * (time - times[pulse - 1]);
        double right = AMPLITUDE_REACH * (times[pulse + 1] - time);
        int first = Math.max(0, (int) Math.ceil(place(time - left)));
        int last = Math.min(samples.length - 1, (int) Math.floor(place(time + right)));
        if (last - first < 2) {
            return 0;
        }
        double sum = 0;
        double weights = 0;
        for (int i = first; i <= last; i++) {
            double distance = time(i) - time;
            double weight = 0.5 + 0.5 * Math.cos(Math.PI * distance / (distance < 0 ? left : right));
            sum += weight * weight * samples[i] * samples[i];
            weights += weight * weight;
        }
        return Math.sqrt(sum / weights);
    }
}
