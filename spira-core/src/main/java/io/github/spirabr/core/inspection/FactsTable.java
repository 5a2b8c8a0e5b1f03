package io.github.spirabr.core.inspection;

import io.github.spirabr.core.audio.SoundNote;
import io.github.spirabr.core.recording.Recording;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of the facts of many recordings, in columns: a number takes eight bytes and a repeated text is stored once,
 * so that a hundred thousand recordings fit in a small heap. {@link #get} creates the facts of one anew. Immutable and
 * thread-safe.
 */
final class FactsTable extends AbstractList<RecordingFacts> implements RandomAccess {

    private static final int SHARED_TEXTS = 10_000;

    /** The traits and measures of a recording, in their order. */
    private record Names(List<String> traits, List<String> measures, List<String> speech) {}

    private final Recording[] recordings;
    private final String[] contents;
    private final String[] sounds;
    private final Duration[] durations;
    private final Names[] names;
    private final Map<String, String[]> traits;
    private final Map<String, double[]> measures;
    private final Map<String, double[]> speech;
    /** By row; recordings without notes are not in it. */
    private final Map<Integer, List<SoundNote>> notes;

    private FactsTable(Filling filling) {
        int size = filling.size;
        recordings = Arrays.copyOf(filling.recordings, size);
        contents = Arrays.copyOf(filling.contents, size);
        sounds = Arrays.copyOf(filling.sounds, size);
        durations = Arrays.copyOf(filling.durations, size);
        names = Arrays.copyOf(filling.names, size);
        traits = filling.traits;
        measures = filling.measures;
        speech = filling.speech;
        notes = filling.notes;
        traits.replaceAll((name, values) -> Arrays.copyOf(values, size));
        measures.replaceAll((name, values) -> Arrays.copyOf(values, size));
        speech.replaceAll((name, values) -> Arrays.copyOf(values, size));
    }

    /** Returns a table of the iterator's facts, in their order; each object is released as soon as it is read. */
    static FactsTable of(Iterator<RecordingFacts> facts) {
        Filling filling = new Filling();
        facts.forEachRemaining(filling::add);
        return new FactsTable(filling);
    }

    /** Returns a table of the same facts; a table itself is not copied. */
    static FactsTable copyOf(List<RecordingFacts> facts) {
        return facts instanceof FactsTable table ? table : of(facts.iterator());
    }

    @Override
    public int size() {
        return recordings.length;
    }

    @Override
    public RecordingFacts get(int row) {
        Names its = names[Objects.checkIndex(row, recordings.length)];
        Map<String, String> itsTraits = new LinkedHashMap<>();
        its.traits().forEach(name -> itsTraits.put(name, trait(name, row)));
        Map<String, Double> itsMeasures = new LinkedHashMap<>();
        its.measures().forEach(name -> itsMeasures.put(name, measure(name, row)));
        Map<String, Double> itsSpeech = new LinkedHashMap<>();
        its.speech().forEach(name -> itsSpeech.put(name, speech(name, row)));
        return new RecordingFacts(
                recordings[row], contents[row], sounds[row], durations[row], itsTraits, itsMeasures, itsSpeech, notes(row));
    }

    /** Returns the recordings, in their order. */
    List<Recording> recordings() {
        return Collections.unmodifiableList(Arrays.asList(recordings));
    }

    /** Returns the names of all traits, in the order of their first appearance. */
    Set<String> traits() {
        return traits.keySet();
    }

    /** Returns the names of all measures, in the order of their first appearance. */
    Set<String> measures() {
        return measures.keySet();
    }

    /** Returns the names of all measures of speech, in the order of their first appearance. */
    Set<String> speech() {
        return speech.keySet();
    }

    Recording recording(int row) {
        return recordings[row];
    }

    String content(int row) {
        return contents[row];
    }

    String sound(int row) {
        return sounds[row];
    }

    Duration duration(int row) {
        return durations[row];
    }

    /** Returns the notes on a recording. */
    List<SoundNote> notes(int row) {
        return notes.getOrDefault(row, List.of());
    }

    /** Returns a trait; null if the recording does not have it. */
    @Nullable
    String trait(String name, int row) {
        return traits.get(name)[row];
    }

    /** Returns a measure; NaN if the recording does not have it. */
    double measure(String name, int row) {
        return measures.get(name)[row];
    }

    /** Returns a measure of speech; NaN if the recording does not have it. */
    double speech(String name, int row) {
        return speech.get(name)[row];
    }

    /** A table that grows. */
    private static final class Filling {

        private int size;
        private Recording[] recordings = new Recording[16];
        private String[] contents = new String[16];
        private String[] sounds = new String[16];
        private Duration[] durations = new Duration[16];
        private Names[] names = new Names[16];
        private final Map<String, String[]> traits = new LinkedHashMap<>();
        private final Map<String, double[]> measures = new LinkedHashMap<>();
        private final Map<String, double[]> speech = new LinkedHashMap<>();
        private final Map<Integer, List<SoundNote>> notes = new HashMap<>();
        private final Map<Names, Names> sharedNames = new HashMap<>();
        private final Map<Object, Object> shared = new HashMap<>();

        void add(RecordingFacts one) {
            if (size == recordings.length) {
                grow(size + size / 2);
            }
            recordings[size] = one.recording();
            contents[size] = one.content();
            sounds[size] = one.sound();
            durations[size] = shared(one.duration());
            names[size] = sharedNames.computeIfAbsent(new Names(
                    new ArrayList<>(one.traits().keySet()), new ArrayList<>(one.measures().keySet()),
                    new ArrayList<>(one.speech().keySet())), any -> any);
            one.traits().forEach((name, value) ->
                    traits.computeIfAbsent(name, any -> new String[recordings.length])[size] = shared(value));
            one.measures().forEach((name, value) -> measures.computeIfAbsent(name, any -> unknown())[size] = value);
            one.speech().forEach((name, value) -> speech.computeIfAbsent(name, any -> unknown())[size] = value);
            if (!one.notes().isEmpty()) {
                notes.put(size, one.notes());
            }
            size++;
        }

        private double[] unknown() {
            double[] values = new double[recordings.length];
            Arrays.fill(values, Double.NaN);
            return values;
        }

        /** An equal value that is held already, unless there are very many. */
        @SuppressWarnings("unchecked") // equal values of final classes are of one class
        private <T> T shared(T value) {
            if (shared.size() >= SHARED_TEXTS) {
                return (T) shared.getOrDefault(value, value);
            }
            return (T) shared.computeIfAbsent(value, any -> any);
        }

        private void grow(int capacity) {
            int before = recordings.length;
            recordings = Arrays.copyOf(recordings, capacity);
            contents = Arrays.copyOf(contents, capacity);
            sounds = Arrays.copyOf(sounds, capacity);
            durations = Arrays.copyOf(durations, capacity);
            names = Arrays.copyOf(names, capacity);
            traits.replaceAll((name, values) -> Arrays.copyOf(values, capacity));
            measures.replaceAll((name, values) -> grown(values, before, capacity));
            speech.replaceAll((name, values) -> grown(values, before, capacity));
        }

        private static double[] grown(double[] values, int before, int capacity) {
            double[] grown = Arrays.copyOf(values, capacity);
            Arrays.fill(grown, before, capacity, Double.NaN);
            return grown;
        }
    }
}
