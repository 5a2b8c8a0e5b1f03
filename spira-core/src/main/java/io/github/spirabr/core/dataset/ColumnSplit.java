package io.github.spirabr.core.dataset;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A split by the values of a column of the manifest. Recordings with any other value are not used. A subject with
 * recordings in two sets is refused. Immutable and thread-safe.
 */
public final class ColumnSplit implements Splitter {

    static final String TYPE = "column";
    static final String COLUMN = "column";

    private final String column;
    private final Map<String, Side> sides;

    private ColumnSplit(String column, Map<String, Side> sides) {
        this.column = column;
        this.sides = sides;
    }

    /**
     * Returns a split by the values of a column.
     *
     * @param column the column whose values name the set
     * @param sides the set of each value, such as {@code train}, {@code eval} and {@code test}
     */
    public static ColumnSplit of(String column, Map<String, Side> sides) {
        Map<String, Side> canonical = new TreeMap<>();
        sides.forEach((value, side) -> {
            Side other = canonical.put(PlainText.of(value), side);
            if (other != null && other != side) {
                throw new IllegalArgumentException("each value of the column " + column + " must name one set, but '"
                        + PlainText.of(value) + "' names two; remove one");
            }
        });
        return new ColumnSplit(PlainText.of(column), Map.copyOf(canonical));
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(COLUMN, column);
        for (Side side : Side.values()) {
            List<String> values = sides.keySet().stream().filter(value -> sides.get(value) == side).sorted().toList();
            settings.put(Settings.nameOf(side), values.size() == 1 ? values.get(0) : values);
        }
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "ColumnSplit[" + column + ", " + new TreeMap<>(sides) + "]";
    }

    @Override
    public Map<String, Side> assign(Dataset dataset, long seed) {
        Map<String, Side> assigned = new TreeMap<>();
        Map<String, Recording> first = new TreeMap<>();
        List<String> faults = new ArrayList<>();
        for (Recording recording : dataset.recordings()) {
            String value = recording.metadata().get(column);
            if (value == null) {
                faults.add("recording " + recording.id() + " has no column " + column);
                continue;
            }
            Side side = sides.get(value);
            if (side == null) {
                continue;
            }
            Side other = assigned.putIfAbsent(recording.subject(), side);
            Recording earlier = first.putIfAbsent(recording.subject(), recording);
            if (other != null && other != side && earlier != null) {
                faults.add("subject " + recording.subject() + " is on two sides: recording " + earlier.id() + " on "
                        + other + ", recording " + recording.id() + " on " + side);
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(dataset.name(), faults);
        }
        return assigned;
    }
}
