package io.github.spirabr.storage.fs.events;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.storage.EventFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the events of trainings into a folder: {@code events.jsonl}, see {@link JsonLinesEvents}, and files of {@link
 * TensorBoardEvents}. The files are opened when a training starts, and closed when it ends or fails. Used by one training at a
 * time.
 */
public final class EventFolder implements PipelineListener, Described {

    private static final String JSON_LINES = "events.jsonl";

    private final Path folder;
    private final Set<EventFormat> formats;
    private final List<EventFile> open = new ArrayList<>();

    private record EventFile(PipelineListener listener, Runnable close) {}

    private EventFolder(Path folder, Set<EventFormat> formats) {
        this.folder = folder;
        this.formats = formats;
    }

    /**
     * Returns a listener that writes into a folder, which is created when the first training starts.
     *
     * @param formats at least one
     */
    public static EventFolder at(Path folder, Set<EventFormat> formats) {
        if (formats.isEmpty()) {
            throw new IllegalArgumentException("formats of the events in " + folder + " must be at least one of "
                    + EnumSet.allOf(EventFormat.class) + ", but was none");
        }
        return new EventFolder(folder, EnumSet.copyOf(formats));
    }

    /**
     * {@inheritDoc}
     *
     * @throws EventFileException if the files cannot be written
     */
    @Override
    public void onTraining(TrainingEvent event) {
        if (open.isEmpty()) {
            for (EventFormat format : formats) {
                open.add(switch (format) {
                    case TENSORBOARD -> file(TensorBoardEvents.in(folder));
                    case JSON_LINES -> file(JsonLinesEvents.to(folder.resolve(JSON_LINES)));
                });
            }
        }
        open.forEach(file -> file.listener.onTraining(event));
        if (event instanceof TrainingEvent.Ended || event instanceof TrainingEvent.Failed) {
            List<EventFile> ended = List.copyOf(open);
            open.clear();
            ended.forEach(file -> file.close.run());
        }
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription("events", Map.of(
                "location", folder.toString(), "formats", formats.stream().map(Settings::nameOf).toList()));
    }

    private static EventFile file(TensorBoardEvents events) {
        return new EventFile(events, events::close);
    }

    private static EventFile file(JsonLinesEvents events) {
        return new EventFile(events, events::close);
    }

    @Override
    public String toString() {
        return "EventFolder[" + folder + "]";
    }
}
