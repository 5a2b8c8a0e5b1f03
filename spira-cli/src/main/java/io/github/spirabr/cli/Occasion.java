package io.github.spirabr.cli;

import io.github.spirabr.core.pipeline.TrainingRun;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The time and the machine of a run, which are no part of its outcome. */
final class Occasion {

    private final ZonedDateTime begin;
    private final long beginNanos = System.nanoTime();

    private Occasion(ZonedDateTime begin) {
        this.begin = begin;
    }

    /** A run that begins now. */
    static Occasion now() {
        return new Occasion(ZonedDateTime.now(ZoneOffset.UTC));
    }

    /** Describes the run that has just ended, in the lines of a report. */
    Map<String, String> tell(TrainingRun run) {
        Duration took = Duration.ofNanos(System.nanoTime() - beginNanos);
        Map<String, String> told = new LinkedHashMap<>();
        told.put("Begun", DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT).format(begin));
        told.put("Took", took.toMinutes() + " min " + took.toSecondsPart() + " s");
        told.put("Saved as", run.model() + " in " + run.location());
        told.put("Java", System.getProperty("java.vendor") + " " + System.getProperty("java.version"));
        told.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        return told;
    }
}
