package io.github.spirabr.core.quality;

import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.quality.QualityWarning.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The levels above which a recording is reported with a warning, and those above which no answer is given. They are
 * stored with a model, so that its assessment of recordings does not depend on the version of the library.
 *
 * @param clippedWarning share of clipped samples that leads to a warning, see {@link SignalLevels#clipped}
 * @param clippedLimit share of clipped samples from which on there is no answer; in [clippedWarning, 1]
 * @param silentWarning share of silent frames that leads to a warning, see {@link SignalLevels#silent}
 * @param silentLimit share of silent frames from which on there is no answer; in [silentWarning, 1]
 */
public record QualityLimits(double clippedWarning, double clippedLimit, double silentWarning, double silentLimit) {

    private static final QualityLimits STANDARD = new QualityLimits(0.001, 0.02, 0.5, 0.95);

    private static final String PATH = "quality.";

    /** Refuses invalid shares, and warnings above limits. */
    public QualityLimits {
        require("clipped", clippedWarning, clippedLimit);
        require("silent", silentWarning, silentLimit);
    }

    /** Returns limits that warn at 0.1 % clipped samples and 50 % silent frames, and refuse at 2 % and 95 %. */
    public static QualityLimits standard() {
        return STANDARD;
    }

    private static void require(String name, double warning, double limit) {
        if (!(warning > 0 && warning <= limit && limit <= 1)) {
            throw new IllegalArgumentException("the warning of the " + name + " share must be above 0, and its limit from"
                    + " there up to 1, but the warning was " + warning + " and the limit " + limit);
        }
    }

    /**
     * Checks the levels of a recording.
     *
     * @return the warnings; empty if there are none, and never both a warning and a refusal for one reason
     */
    public List<QualityWarning> check(SignalLevels levels) {
        List<QualityWarning> warnings = new ArrayList<>();
        check(Kind.SILENT, levels.silent(), silentWarning, silentLimit, "of its time is silent",
                "check the microphone, and record it again").ifPresent(warnings::add);
        check(Kind.CLIPPED, levels.clipped(), clippedWarning, clippedLimit, "of its samples are clipped",
                "record it again with less gain, or farther from the microphone").ifPresent(warnings::add);
        return warnings;
    }

    private static Optional<QualityWarning> check(
            Kind kind, double share, double warning, double limit, String what, String remedy) {
        if (share < warning) {
            return Optional.empty();
        }
        boolean decisive = share >= limit;
        return Optional.of(new QualityWarning(kind, decisive, String.format(Locale.ROOT, "%.1f %% %s (%s from %.1f %% on); %s",
                100 * share, what, decisive ? "no answer is given" : "warned of", 100 * (decisive ? limit : warning), remedy)));
    }

    /** Returns the limits as text, for {@link #read}. */
    public SortedMap<String, String> describe() {
        SortedMap<String, String> text = new TreeMap<>();
        text.put(PATH + "clipped.warning", Double.toString(clippedWarning));
        text.put(PATH + "clipped.limit", Double.toString(clippedLimit));
        text.put(PATH + "silent.warning", Double.toString(silentWarning));
        text.put(PATH + "silent.limit", Double.toString(silentLimit));
        return text;
    }

    /**
     * Reads the limits from the text of {@link #describe}, which may contain other texts; missing limits are those of
     * {@link #standard}.
     *
     * @throws DocumentException if one is not a number, or they contradict each other
     */
    public static QualityLimits read(Map<String, String> text) {
        try {
            return new QualityLimits(
                    number(text, "clipped.warning", STANDARD.clippedWarning),
                    number(text, "clipped.limit", STANDARD.clippedLimit),
                    number(text, "silent.warning", STANDARD.silentWarning),
                    number(text, "silent.limit", STANDARD.silentLimit));
        } catch (IllegalArgumentException e) {
            throw DocumentException.damaged("quality-limits.properties of the stored model", e.getMessage(), e);
        }
    }

    private static double number(Map<String, String> text, String name, double otherwise) {
        String found = text.get(PATH + name);
        return found == null ? otherwise : Double.parseDouble(found);
    }
}
