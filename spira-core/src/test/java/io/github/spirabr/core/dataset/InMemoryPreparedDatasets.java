package io.github.spirabr.core.dataset;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Prepared data sets in memory: for tests of what uses them. */
public class InMemoryPreparedDatasets implements PreparedDatasetRepository {

    private record Saved(String fingerprint, List<PreparedRecording> recordings) {}

    private final SortedMap<String, Saved> saved = new TreeMap<>();

    @Override
    public synchronized void save(String name, String fingerprint, Iterator<PreparedRecording> recordings) {
        List<PreparedRecording> all = new ArrayList<>();
        recordings.forEachRemaining(all::add);
        if (saved.containsKey(name)) {
            throw new PreparedDatasetException("there is a data set " + name + " already");
        }
        saved.put(name, new Saved(fingerprint, all));
    }

    @Override
    public synchronized PreparedDataset open(String name) {
        Saved one = saved.get(name);
        if (one == null) {
            throw new PreparedDatasetException("there is no data set " + name);
        }
        return new PreparedDataset() {
            private boolean closed;

            @Override
            public String name() {
                return name;
            }

            @Override
            public String fingerprint() {
                return one.fingerprint;
            }

            @Override
            public List<Entry> entries() {
                return one.recordings.stream()
                        .map(each -> new Entry(
                                each.id(), each.subject(), each.label(), each.metadata(), each.windows().size(), 1))
                        .toList();
            }

            @Override
            public PreparedRecording read(int index) {
                if (closed) {
                    throw new IllegalStateException("the data set " + name + " is closed");
                }
                return one.recordings.get(index);
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    @Override
    public synchronized SortedSet<String> names() {
        return new TreeSet<>(saved.keySet());
    }

    @Override
    public synchronized void delete(String name) {
        saved.remove(name);
    }

    @Override
    public int clean(Duration abandoned) {
        return 0;
    }
}
