package io.github.spirabr.storage.fs.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes each event of a training as one line of JSON: {@code {"event":"step","time":"2026-09-01T12:00:00Z","epoch":1,
 * "step":3, ...}}. Times are ISO 8601 in UTC, durations are seconds. A file that is there is added to, as a resumed run
 * does; a line that a killed process left unfinished is cut off first. Numbers that JSON cannot represent are null. Used by
 * one thread.
 */
public final class JsonLinesEvents implements PipelineListener, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BLOCK = 4096;

    private final Path file;
    private final FileChannel channel;
    private final Clock clock;

    private JsonLinesEvents(Path file, FileChannel channel, Clock clock) {
        this.file = file;
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * Opens the file.
     *
     * @param file created with its folder if it is missing
     * @throws EventFileException if it cannot be opened for writing
     */
    public static JsonLinesEvents to(Path file) {
        return to(file, Clock.systemUTC());
    }

    /** Opens the file as {@link #to(Path)} does, but uses another clock. */
    public static JsonLinesEvents to(Path file, Clock clock) {
        try {
            Path absolute = file.toAbsolutePath();
            if (absolute.getParent() != null) {
                Files.createDirectories(absolute.getParent());
            }
            FileChannel channel = FileChannel.open(
                    absolute, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            long whole = endOfLastLine(channel);
            channel.truncate(whole).position(whole);
            return new JsonLinesEvents(absolute, channel, clock);
        } catch (IOException e) {
            throw new EventFileException("the events could not be written to " + file + ": " + e
                    + "; name a file in a folder that can be written to", e);
        }
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        long end = channel.size();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        while (end > 0) {
            long from = Math.max(0, end - BLOCK);
            block.clear().limit((int) (end - from));
            while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
                // Read on until the block is full.
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return from + i + 1;
                }
            }
            end = from;
        }
        return 0;
    }

    @Override
    public void onTraining(TrainingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", name(event));
        fields.put("time", clock.instant().toString());
        describe(event, fields);
        fields.replaceAll((name, value) -> value instanceof Double number && !Double.isFinite(number) ? null : value);
        try {
            ByteBuffer line = ByteBuffer.wrap((JSON.writeValueAsString(fields) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts and numbers are JSON", e);
        } catch (IOException e) {
            throw new EventFileException("an event could not be written to " + file + ": " + e + "; check the free space", e);
        }
    }

    private static String name(TrainingEvent event) {
        if (event instanceof TrainingEvent.StepCompleted) {
            return "step";
        } else if (event instanceof TrainingEvent.EpochCompleted) {
            return "epoch";
        } else if (event instanceof TrainingEvent.Validated) {
            return "validation";
        } else if (event instanceof TrainingEvent.CheckpointSaved) {
            return "checkpoint";
        } else if (event instanceof TrainingEvent.Ended) {
            return "end";
        }
        String type = event.getClass().getSimpleName();
        return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    }

    private static void describe(TrainingEvent event, Map<String, Object> fields) {
        if (event instanceof TrainingEvent.Started started) {
            fields.put("epochs", started.epochs());
            fields.put("stepsPerEpoch", started.stepsPerEpoch());
            fields.put("parameters", started.parameters());
        } else if (event instanceof TrainingEvent.Resumed resumed) {
            fields.put("epoch", resumed.epoch());
            fields.put("totalStep", resumed.step());
            fields.put("damaged", resumed.damaged());
        } else if (event instanceof TrainingEvent.WeightsLoaded loaded) {
            fields.put("taken", loaded.taken());
            fields.put("drawn", loaded.drawn());
            fields.put("unused", loaded.unused());
        } else if (event instanceof TrainingEvent.StepCompleted step) {
            fields.put("epoch", step.epoch());
            fields.put("step", step.step());
            fields.put("totalStep", step.totalStep());
            fields.put("loss", step.loss());
            fields.put("learningRate", step.learningRate());
            fields.put("windowsPerSecond", step.windowsPerSecond());
            fields.put("elapsed", seconds(step.elapsed()));
            fields.put("remaining", seconds(step.remaining()));
        } else {
            describeResult(event, fields);
        }
    }

    private static void describeResult(TrainingEvent event, Map<String, Object> fields) {
        if (event instanceof TrainingEvent.Validated validated) {
            fields.put("epoch", validated.epoch());
            fields.put("totalStep", validated.totalStep());
            fields.put("validationLoss", validated.loss());
            fields.put("validationAccuracy", validated.accuracy());
            fields.put("best", validated.best());
        } else if (event instanceof TrainingEvent.EpochCompleted completed) {
            fields.put("epoch", completed.summary().epoch());
            fields.put("trainingLoss", completed.summary().trainingLoss());
            fields.put("validationLoss", completed.summary().validationLoss());
            fields.put("validationAccuracy", completed.summary().validationAccuracy());
            fields.put("best", completed.best());
        } else if (event instanceof TrainingEvent.CheckpointSaved saved) {
            fields.put("totalStep", saved.step());
        } else if (event instanceof TrainingEvent.StoppedEarly stopped) {
            fields.put("epoch", stopped.epoch());
            fields.put("bestEpoch", stopped.bestEpoch());
            fields.put("reason", stopped.reason());
        } else if (event instanceof TrainingEvent.Ended ended) {
            fields.put("totalStep", ended.totalStep());
            fields.put("bestEpoch", ended.bestEpoch());
            fields.put("elapsed", seconds(ended.elapsed()));
            fields.put("waited", seconds(ended.waited()));
        } else if (event instanceof TrainingEvent.Failed failed) {
            fields.put("totalStep", failed.totalStep());
            fields.put("reason", failed.reason());
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EventFileException("the events in " + file + " could not be closed: " + e, e);
        }
    }
}
