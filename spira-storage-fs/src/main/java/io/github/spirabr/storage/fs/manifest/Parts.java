package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.AudioPart;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the part of a file that a row of a list names. */
final class Parts {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,15}([.,]\\d{0,40})?([eE][-+]?\\d{1,2})?|[.,]\\d{1,40}");
    private static final int NANOS = 9;
    private static final BigDecimal LONGEST = BigDecimal.valueOf(1_000_000_000);
    /** Lists that give both a duration and an end round them. */
    private static final Duration ROUNDING = Duration.ofMillis(1);

    private Parts() {}

    /**
     * Returns the part of a row; a row without an offset is of the whole file, whose length a duration then is.
     *
     * @throws IllegalArgumentException if the values contradict each other or are no times
     */
    static AudioPart of(Columns columns, Map<String, String> values, MissingValues missing) {
        Optional<String> channel = text(columns, Column.CHANNEL, values, missing);
        int number = channel.map(text -> channel(columns, text)).orElse(0);
        Optional<Duration> offset = seconds(columns, Column.OFFSET, values, missing);
        if (offset.isEmpty()) {
            if (text(columns, Column.END, values, missing).isPresent()) {
                throw new IllegalArgumentException(columns.name(Column.OFFSET).orElseThrow() + " is blank, but "
                        + columns.name(Column.END).orElseThrow() + " is not; give both or none");
            }
            return of(AudioPart.WHOLE, number);
        }
        Optional<Duration> duration = seconds(columns, Column.DURATION, values, missing);
        Optional<Duration> end = seconds(columns, Column.END, values, missing);
        Optional<Duration> length = end.map(one -> one.minus(offset.get()));
        if (duration.isPresent() && length.isPresent() && duration.get().minus(length.get()).abs().compareTo(ROUNDING) > 0) {
            throw new IllegalArgumentException("has a duration that differs from its end; remove one of both columns, or correct"
                    + " them");
        }
        Optional<Duration> wanted = duration.or(() -> length);
        if (wanted.isPresent() && (wanted.get().isZero() || wanted.get().isNegative())) {
            throw new IllegalArgumentException("must end after it begins, but is " + wanted.get().toNanos() / 1e9
                    + " s long; correct " + columns.name(Column.DURATION).or(() -> columns.name(Column.END)).orElseThrow());
        }
        return of(wanted.map(one -> AudioPart.of(offset.get(), one)).orElseGet(() -> AudioPart.from(offset.get())), number);
    }

    private static AudioPart of(AudioPart part, int channel) {
        return channel == 0 ? part : part.ofChannel(channel);
    }

    private static Optional<String> text(Columns columns, Column column, Map<String, String> values, MissingValues missing) {
        return columns.name(column).map(values::get).map(PlainText::of).filter(value -> !missing.isMissing(value));
    }

    private static int channel(Columns columns, String text) {
        if (!text.matches("[1-9]\\d{0,2}")) {
            throw new IllegalArgumentException(mismatch(columns, Column.CHANNEL, text, "a channel, from 1"));
        }
        return Integer.parseInt(text);
    }

    private static Optional<Duration> seconds(
            Columns columns, Column column, Map<String, String> values, MissingValues missing) {
        return text(columns, column, values, missing).map(text -> {
            if (!SECONDS.matcher(text).matches()) {
                throw new IllegalArgumentException(mismatch(columns, column, text, "seconds, such as 1.5"));
            }
            BigDecimal seconds = new BigDecimal(text.replace(',', '.'));
            if (seconds.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(mismatch(columns, column, text, "seconds, such as 1.5"));
            }
            return Duration.ofNanos(seconds.setScale(NANOS, RoundingMode.HALF_EVEN).unscaledValue().longValueExact());
        });
    }

    private static String mismatch(Columns columns, Column column, String text, String wanted) {
        String name = columns.name(column).orElseThrow();
        return name + " must be " + wanted + ", but was '" + text + "'; correct it, or name '" + name + "' in metadataColumns";
    }
}
