package io.github.spirabr.storage.fs.manifest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Pattern;

/** Times of lists: decimal seconds, to the nanosecond. */
final class DecimalSeconds {

    /** Short enough that no number takes long to compute with, or fills the memory when it is written out. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,15}(\\.[0-9]{0,40})?([eE][+-]?[0-9]{1,2})?");

    private static final int NANOSECONDS = 9;

    private DecimalSeconds() {}

    /**
     * Returns a number of seconds as it is written.
     *
     * @param name name of the value for messages
     */
    static BigDecimal parse(String name, Object value) throws FaultyLineException {
        if (!(value instanceof String text) || !NUMBER.matcher(text).matches()) {
            throw new FaultyLineException("lines with wrong times", name + " must be a decimal number of seconds, but was '"
                    + value + "'; correct it");
        }
        return new BigDecimal(text);
    }

    /** Returns a time as a number of seconds. */
    static BigDecimal of(Duration time) {
        return BigDecimal.valueOf(time.getSeconds()).add(BigDecimal.valueOf(time.getNano(), NANOSECONDS));
    }

    /** Returns the text of a number of seconds: to the nanosecond, without an exponent and without zeros at its end. */
    static String text(BigDecimal seconds) {
        BigDecimal rounded = seconds.setScale(NANOSECONDS, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** Returns the nearest number of samples, as lhotse computes it. */
    static long samples(BigDecimal seconds, long samplingRate) {
        return seconds.multiply(BigDecimal.valueOf(samplingRate)).setScale(8, RoundingMode.HALF_EVEN)
                .setScale(0, RoundingMode.HALF_UP).longValue();
    }
}
