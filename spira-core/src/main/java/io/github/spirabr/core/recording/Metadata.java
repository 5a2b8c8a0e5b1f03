package io.github.spirabr.core.recording;

import io.github.spirabr.core.internal.adapter.PlainText;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a recording by name, sorted; stored in one array, since data sets of a hundred thousand recordings
 * hold as many of these. Immutable and thread-safe.
 */
final class Metadata extends AbstractMap<String, String> {

    /** Name, value, name, value ... */
    private final String[] columns;

    private Metadata(String[] columns) {
        this.columns = columns;
    }

    /**
     * Returns a copy of a map, with names and values in their canonical form.
     *
     * @throws NullPointerException if a name or a value is null
     */
    static Metadata copyOf(Map<String, String> map) {
        if (map instanceof Metadata metadata) {
            return metadata;
        }
        SortedMap<String, String> canonical = new TreeMap<>();
        map.forEach((name, value) -> {
            String plain = PlainText.of(Objects.requireNonNull(value, Objects.requireNonNull(name)));
            String before = canonical.putIfAbsent(PlainText.of(name), plain);
            if (before != null && !before.equals(plain)) {
                throw new IllegalArgumentException("column '" + PlainText.of(name) + "' must have one value, but has '" + before
                        + "' and '" + plain + "' under names that differ in spaces only; rename one of them");
            }
        });
        String[] columns = new String[2 * canonical.size()];
        int next = 0;
        for (Map.Entry<String, String> column : canonical.entrySet()) {
            columns[next++] = column.getKey();
            columns[next++] = column.getValue();
        }
        return new Metadata(columns);
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        if (!(name instanceof String text)) {
            return null;
        }
        String wanted = PlainText.of(text);
        int first = 0;
        int end = columns.length / 2;
        while (first < end) {
            int middle = (first + end) >>> 1;
            int order = columns[2 * middle].compareTo(wanted);
            if (order == 0) {
                return columns[2 * middle + 1];
            }
            first = order < 0 ? middle + 1 : first;
            end = order < 0 ? end : middle;
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, String>> iterator() {
                return IntStream.range(0, size())
                        .mapToObj(i -> Map.entry(columns[2 * i], columns[2 * i + 1]))
                        .iterator();
            }

            @Override
            public int size() {
                return columns.length / 2;
            }
        };
    }
}
