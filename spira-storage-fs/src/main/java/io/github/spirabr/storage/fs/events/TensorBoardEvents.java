package io.github.spirabr.storage.fs.events;

import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;

/**
 * Writes the metrics of a training in the format of TensorBoard: {@code train/loss}, {@code train/learning_rate} and {@code
 * train/windows_per_second} at every step, {@code epoch/train_loss}, {@code epoch/validation_loss} and {@code
 * epoch/validation_accuracy} after every epoch, {@code validation/loss} and {@code validation/accuracy} at validations in
 * between; all over the updates of the weights. Each run of the program writes a file of its own, as TensorBoard
 * expects; records are whole, and a last one that a killed process left unfinished is ignored by it. Used by one thread.
 */
public final class TensorBoardEvents implements PipelineListener, AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private final Clock clock;
    private long step;

    private TensorBoardEvents(Path file, FileChannel channel, Clock clock) {
        this.file = file;
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * Opens a new file in the folder.
     *
     * @param folder folder of one training, created if it is missing; TensorBoard displays its name as the run's
     * @throws EventFileException if it cannot be written to
     */
    public static TensorBoardEvents in(Path folder) {
        return in(folder, Clock.systemUTC());
    }

    /** Opens a new file as {@link #in(Path)} does, but uses another clock. */
    public static TensorBoardEvents in(Path folder, Clock clock) {
        Path root = folder.toAbsolutePath();
        try {
            Files.createDirectories(root);
            long seconds = clock.instant().getEpochSecond();
            Path file = root.resolve(name(seconds, 0));
            for (int number = 1; Files.exists(file); number++) {
                file = root.resolve(name(seconds, number));
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            TensorBoardEvents events = new TensorBoardEvents(file, channel, clock);
            events.write(new EventMessage().time(events.now()).version());
            return events;
        } catch (IOException e) {
            throw new EventFileException("the events could not be written to " + folder + ": " + e
                    + "; name a folder that can be written to", e);
        }
    }

    private static String name(long seconds, int number) {
        return String.format(Locale.ROOT, "events.out.tfevents.%010d.spira%s", seconds, number == 0 ? "" : "." + number);
    }

    @Override
    public void onTraining(TrainingEvent event) {
        if (event instanceof TrainingEvent.Resumed resumed) {
            step = resumed.step();
        } else if (event instanceof TrainingEvent.StepCompleted completed) {
            step = completed.totalStep();
            write(scalars()
                    .scalar("train/loss", completed.loss())
                    .scalar("train/learning_rate", completed.learningRate())
                    .scalar("train/windows_per_second", completed.windowsPerSecond()));
        } else if (event instanceof TrainingEvent.Validated validated) {
            write(scalars()
                    .scalar("validation/loss", validated.loss())
                    .scalar("validation/accuracy", validated.accuracy()));
        } else if (event instanceof TrainingEvent.EpochCompleted epoch) {
            write(scalars()
                    .scalar("epoch/train_loss", epoch.summary().trainingLoss())
                    .scalar("epoch/validation_loss", epoch.summary().validationLoss())
                    .scalar("epoch/validation_accuracy", epoch.summary().validationAccuracy()));
        }
    }

    private EventMessage scalars() {
        return new EventMessage().time(now()).step(step);
    }

    private double now() {
        Instant instant = clock.instant();
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }

    private void write(EventMessage message) {
        ByteBuffer record = EventMessage.record(message.toBytes());
        try {
            while (record.hasRemaining()) {
                channel.write(record);
            }
        } catch (IOException e) {
            throw new EventFileException("an event could not be written to " + file + ": " + e + "; check the free space", e);
        }
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
