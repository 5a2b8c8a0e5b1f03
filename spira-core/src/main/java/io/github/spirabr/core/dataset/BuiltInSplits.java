package io.github.spirabr.core.dataset;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Providers of the splits of this package. */
final class BuiltInSplits {

    private BuiltInSplits() {}

    private record Built(ComponentDescription description, Splitter splitter) implements NamedSplit {

        @Override
        public Map<String, Side> assign(Dataset dataset, long seed) {
            return splitter.assign(dataset, seed);
        }

        @Override
        public DatasetSplit split(Dataset dataset, long seed) {
            return splitter.split(dataset, seed);
        }

        @Override
        public String toString() {
            return description.type() + description.settings();
        }
    }

    private abstract static class Provider implements ComponentProvider<NamedSplit> {

        private final String type;

        Provider(String type) {
            this.type = type;
        }

        @Override
        public Class<NamedSplit> port() {
            return NamedSplit.class;
        }

        @Override
        public String type() {
            return type;
        }

        @Override
        public NamedSplit create(Settings settings) {
            Map<String, Object> described = new LinkedHashMap<>();
            Splitter splitter = read(settings, described);
            return new Built(new ComponentDescription(type, described), splitter);
        }

        abstract Splitter read(Settings settings, Map<String, Object> described);

        /** A split by the shares {@code training}, {@code validation} and {@code test}. */
        static <S extends Splitter> S byShares(Settings settings, Map<String, Object> described, Shared<S> split) {
            return split.of(
                    share(settings, "training", 0.6, described),
                    share(settings, "validation", 0.2, described),
                    share(settings, "test", 0.2, described));
        }

        private static double share(Settings settings, String name, double byDefault, Map<String, Object> described) {
            double share = settings.number(name, byDefault);
            described.put(name, share);
            return share;
        }
    }

    private interface Shared<S extends Splitter> {

        S of(double training, double validation, double test);
    }

    /**
     * Registers {@code subjects}: {@link SubjectSplit#of} with {@code training}, {@code validation} and {@code test}, and
     * with {@code stratifyBy}, a list of columns, by none of which it is stratified by default.
     */
    public static final class Subjects extends Provider {

        /** Called by {@link java.util.ServiceLoader}. */
        public Subjects() {
            super("subjects");
        }

        @Override
        Splitter read(Settings settings, Map<String, Object> described) {
            SubjectSplit split = byShares(settings, described, SubjectSplit::of);
            if (!settings.has("stratifyBy")) {
                return split;
            }
            List<String> columns = settings.strings("stratifyBy");
            described.put("stratifyBy", columns);
            return split.stratifiedBy(columns);
        }
    }

    /** Registers {@code stable-subjects}: {@link SubjectSplit#stable}, with the settings of {@link Subjects}. */
    public static final class StableSubjects extends Provider {

        /** Called by {@link java.util.ServiceLoader}. */
        public StableSubjects() {
            super("stable-subjects");
        }

        @Override
        Splitter read(Settings settings, Map<String, Object> described) {
            return byShares(settings, described, SubjectSplit::stable);
        }
    }

    /**
     * Registers {@code recordings-leaking-subjects}: {@link SubjectLeakingSplit}, with {@code training}, {@code validation}
     * and {@code test}.
     */
    public static final class RecordingsLeakingSubjects extends Provider {

        /** Called by {@link java.util.ServiceLoader}. */
        public RecordingsLeakingSubjects() {
            super("recordings-leaking-subjects");
        }

        @Override
        Splitter read(Settings settings, Map<String, Object> described) {
            return byShares(settings, described, SubjectLeakingSplit::of);
        }
    }

    /** Registers {@code held-out}: {@link SubjectSplit#holdingOut}, with the lists {@code validation} and {@code test}. */
    public static final class HeldOut extends Provider {

        /** Called by {@link java.util.ServiceLoader}. */
        public HeldOut() {
            super("held-out");
        }

        @Override
        Splitter read(Settings settings, Map<String, Object> described) {
            List<String> validation = settings.strings("validation");
            List<String> test = settings.strings("test");
            described.put("validation", validation);
            described.put("test", test);
            return SubjectSplit.holdingOut(new TreeSet<>(validation), new TreeSet<>(test));
        }
    }

    /**
     * Registers {@code column}: {@link ColumnSplit}, with the {@code column} of the manifest, and its values {@code
     * training}, {@code validation} and {@code test}, which are these words by default.
     */
    public static final class Column extends Provider {

        /** Called by {@link java.util.ServiceLoader}. */
        public Column() {
            super("column");
        }

        @Override
        Splitter read(Settings settings, Map<String, Object> described) {
            String column = settings.string("column");
            described.put("column", column);
            Map<String, Side> sides = new LinkedHashMap<>();
            for (Side side : Side.values()) {
                String name = Settings.nameOf(side);
                String value = settings.string(name, name);
                described.put(name, value);
                if (sides.put(value, side) != null) {
                    throw new IllegalArgumentException("'" + value + "' stands for two sides; each needs a value of its own");
                }
            }
            return ColumnSplit.of(column, sides);
        }
    }
}
