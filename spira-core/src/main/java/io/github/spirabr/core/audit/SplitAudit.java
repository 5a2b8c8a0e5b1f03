package io.github.spirabr.core.audit;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.internal.LikeNames;
import io.github.spirabr.core.model.PriorTraining;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An audit of a split: searches for a subject, a recording, a part or another form of one, or a noise that is in two
 * sets. Immutable and safe for any number of threads.
 */
public final class SplitAudit {

    static final String TRAINING = "training";
    static final String EVALUATION = "evaluation";

    private final Fingerprinter fingerprinter;

    private SplitAudit(Fingerprinter fingerprinter) {
        this.fingerprinter = fingerprinter;
    }

    /** Returns an audit whose certificate counts the groups of all columns with at most 20 values. */
    public static SplitAudit of(Fingerprinter fingerprinter) {
        return new SplitAudit(fingerprinter);
    }

    /**
     * Searches the validation and test sets for subjects and recordings that pretrained weights were trained on.
     *
     * @param dataset name for messages
     * @param split the split whose sets are searched
     * @param prior the training of the weights
     * @param contents identity of a recording's sound, by its encoded bytes and its part of them, if they can be read
     * @return sentences for the certificate: what was found, where the user has allowed it, or that nothing is known
     * @throws LeakException if anything was found that the user has not allowed
     */
    public static List<String> searchPretraining(
            String dataset, DatasetSplit split, PriorTraining prior, Function<Recording, Optional<String>> contents) {
        return PretrainingAudit.search(dataset, split, prior, contents);
    }

    /**
     * Searches for parts of one file that overlap and are in two sets, by their times and channels; nothing is decoded. A whole
     * file overlaps with each of its parts, and a part that names no channel with all channels.
     *
     * @param dataset name for messages
     * @param split the split whose sets are compared
     * @param contents identity of a recording's sound, by its encoded bytes and its part of them, if they can be read
     * @throws LeakException if parts overlap; each later one is told with the one that it shares most with
     */
    public static void searchParts(String dataset, DatasetSplit split, Function<Recording, Optional<String>> contents) {
        searchParts(dataset, split, Map.of(), contents);
    }

    /**
     * Searches as {@link #searchParts(String, DatasetSplit, Function)}, with recordings of rooms that are in no set but are mixed
     * into a set or evaluated with it. A room that has the bytes of a recording of another set is found, too.
     *
     * @param rooms recordings of rooms, by the set that they belong to
     * @throws LeakException if parts overlap or bytes are equal
     */
    public static void searchParts(String dataset, DatasetSplit split, Map<Side, List<Recording>> rooms,
            Function<Recording, Optional<String>> contents) {
        PartAudit.search(dataset, split, rooms, contents);
    }

    /** Names the method of the fingerprints and its version. */
    public String method() {
        return fingerprinter.method();
    }

    /** Computes the digest and fingerprint of a sound. */
    public SoundPrint print(Waveform waveform) {
        return new SoundPrint(waveform, fingerprinter.fingerprint(waveform));
    }

    /**
     * Compares all sets.
     *
     * @param dataset name of the data set in messages
     * @param split the split whose sets are compared
     * @param prints prints of its recordings, by id; recordings without an entry are not compared
     * @param noises noises that recordings are mixed with
     * @throws LeakException if there is a leak that the user does not explicitly allow
     * @throws InvalidDatasetException if most recordings of a set are too short or too quiet to be compared
     */
    public Result search(
            String dataset, DatasetSplit split, Map<String, SoundPrint> prints, List<Noise> noises) {
        List<Item> items = items(split, prints, noises);
        List<Leak> leaks = new ArrayList<>(likeNames(split));
        List<Leak> shared = new ArrayList<>();
        sounds(items, leaks, shared);
        if (!leaks.isEmpty()) {
            throw new LeakException(dataset, leaks);
        }
        List<Item> recordings = items.stream().filter(item -> !item.isNoise).toList();
        requireComparable(dataset, recordings);
        return Result.builder(fingerprinter.method(), recordings.size())
                .trainingNoises((int) noises.stream().filter(noise -> !noise.evaluation()).count())
                .evaluationNoises((int) noises.stream().filter(Noise::evaluation).count())
                .tooQuiet(recordings.stream().filter(item -> !FingerprintSearch.isComparable(item.print.fingerprint()))
                        .map(item -> item.name).toList())
                .sharedNoises(shared)
                .likeSubjects(suspects(split))
                .build();
    }

    /** An audit that has compared nothing must not say that the sets are apart. */
    private static void requireComparable(String dataset, List<Item> recordings) {
        List<String> faults = new ArrayList<>();
        for (Side side : Side.values()) {
            List<Item> all = recordings.stream().filter(item -> item.group == side.ordinal()).toList();
            List<Item> silent = all.stream().filter(item -> !item.isComparable()).toList();
            if (2 * silent.size() > all.size()) {
                faults.add(String.format(Locale.ROOT, "%d of %d recordings of the %s set are too short or too quiet to be"
                                + " compared with those of the other sets, such as %s; the split could not be audited: use"
                                + " recordings with at least 0.25 s of sound",
                        silent.size(), all.size(), side.name().toLowerCase(Locale.ROOT), silent.get(0).name));
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(dataset, faults);
        }
    }

    /** A sound with its place. Noises of evaluation belong to no set: they must not be used in training. */
    private record Item(String name, String side, int group, boolean isNoise, boolean mayBeShared, SoundPrint print) {

        private boolean isComparable() {
            return print.landmarks().count() > 0 || FingerprintSearch.isComparable(print.fingerprint());
        }

        private Leak leak(Leak.Kind kind, Item other) {
            return new Leak(kind, name, side, other.name, other.side);
        }
    }

    private static List<Item> items(DatasetSplit split, Map<String, SoundPrint> prints, List<Noise> noises) {
        List<Item> items = new ArrayList<>();
        for (Side side : Side.values()) {
            for (Recording one : SplitCounts.recordings(split, side)) {
                SoundPrint print = prints.get(one.id());
                if (print != null) {
                    items.add(new Item(one.id(), side.name().toLowerCase(Locale.ROOT), side.ordinal(), false, false, print));
                }
            }
        }
        for (Noise noise : noises) {
            items.add(new Item(noise.name(), noise.evaluation() ? EVALUATION : TRAINING,
                    noise.evaluation() ? Side.TEST.ordinal() : Side.TRAINING.ordinal(), true, noise.mayBeShared(),
                    noise.print()));
        }
        return items;
    }

    /** Finds subjects whose names differ only in case or blanks. */
    private static List<Leak> likeNames(DatasetSplit split) {
        return alike(split, name -> name.strip().toLowerCase(Locale.ROOT));
    }

    /** Names that may well be one person's, and may be two persons'. */
    private static List<Leak> suspects(DatasetSplit split) {
        return alike(split, LikeNames::key);
    }

    private static List<Leak> alike(DatasetSplit split, UnaryOperator<String> key) {
        Map<String, Map<String, String>> names = new TreeMap<>();
        for (Side side : Side.values()) {
            for (Recording one : SplitCounts.recordings(split, side)) {
                names.computeIfAbsent(key.apply(one.subject()), any -> new TreeMap<>())
                        .putIfAbsent(one.subject(), side.name().toLowerCase(Locale.ROOT));
            }
        }
        List<Leak> leaks = new ArrayList<>();
        for (Map<String, String> like : names.values()) {
            List<Map.Entry<String, String>> spellings = List.copyOf(like.entrySet());
            for (int i = 1; i < spellings.size(); i++) {
                if (!spellings.get(0).getValue().equals(spellings.get(i).getValue())) {
                    leaks.add(new Leak(Leak.Kind.SUBJECT, "subject '" + spellings.get(0).getKey() + "'",
                            spellings.get(0).getValue(), "subject '" + spellings.get(i).getKey() + "'",
                            spellings.get(i).getValue()));
                }
            }
        }
        return leaks;
    }

    private static void sounds(List<Item> items, List<Leak> leaks, List<Leak> shared) {
        Set<String> told = new HashSet<>();
        Map<String, List<Item>> byDigest = new HashMap<>();
        items.forEach(item -> byDigest.computeIfAbsent(item.print.digest(), any -> new ArrayList<>()).add(item));
        byDigest.values().stream().sorted(Comparator.comparing(same -> same.get(0).name)).forEach(same -> {
            for (int i = 1; i < same.size(); i++) {
                Item other = same.get(i);
                Item first = same.stream().limit(i).filter(one -> one.group != other.group).findFirst().orElse(null);
                if (first != null) {
                    told.add(pair(first, other));
                    put(first, other, Leak.Kind.IDENTICAL_AUDIO, leaks, shared);
                }
            }
        });
        List<FingerprintSearch.Match> matches = new ArrayList<>(new FingerprintSearch(
                items.stream().map(item -> item.print.fingerprint()).toList(), i -> items.get(i).group).run());
        matches.addAll(new ExcerptSearch(
                items.stream().map(item -> item.print.landmarks()).toList(), i -> items.get(i).group).run());
        for (FingerprintSearch.Match match : matches) {
            Item first = items.get(match.first());
            Item second = items.get(match.second());
            if (!first.print.digest().equals(second.print.digest()) && told.add(pair(first, second))) {
                put(first, second, match.whole() ? Leak.Kind.NEAR_IDENTICAL_AUDIO : Leak.Kind.WINDOW, leaks, shared);
            }
        }
    }

    private static String pair(Item one, Item other) {
        return one.side + '\n' + one.name + '\n' + other.side + '\n' + other.name;
    }

    private static void put(Item first, Item second, Leak.Kind kind, List<Leak> leaks, List<Leak> shared) {
        boolean bothNoises = first.isNoise && second.isNoise;
        Leak leak = first.leak(first.isNoise || second.isNoise ? Leak.Kind.NOISE : kind, second);
        if (bothNoises && (first.mayBeShared || second.mayBeShared)) {
            shared.add(leak);
        } else {
            leaks.add(leak);
        }
    }

    /**
     * A noise that is mixed into recordings.
     *
     * @param name name for messages, such as its file
     * @param evaluation whether evaluation uses it; otherwise training does
     * @param mayBeShared whether the user allows training and evaluation to use the same noises
     * @param print its digest and fingerprint
     */
    public record Noise(String name, boolean evaluation, boolean mayBeShared, SoundPrint print) {}

    /**
     * The digest, fingerprint and landmarks by which a sound is recognised. Made by {@link SplitAudit#print}. Immutable and
     * thread-safe.
     */
    public static final class SoundPrint {

        private final String digest;
        private final Fingerprint fingerprint;
        private final SampleLandmarks landmarks;

        SoundPrint(Waveform waveform, Fingerprint fingerprint) {
            this.digest = waveform.digest();
            this.fingerprint = fingerprint;
            this.landmarks = SampleLandmarks.of(waveform);
        }

        /** Equal for identical sounds. */
        String digest() {
            return digest;
        }

        /** Alike for nearly identical sounds. */
        Fingerprint fingerprint() {
            return fingerprint;
        }

        /** Some are shared by sounds that share samples. */
        SampleLandmarks landmarks() {
            return landmarks;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof SoundPrint that && digest.equals(that.digest) && fingerprint.equals(that.fingerprint)
                    && landmarks.equals(that.landmarks);
        }

        @Override
        public int hashCode() {
            return Objects.hash(digest, fingerprint);
        }
    }

    /**
     * The result of an audit that found no leak, except those that the user explicitly allows. Immutable.
     */
    public static final class Result {

        private static final String METHOD = "method";
        private static final String RECORDINGS = "recordings";
        private static final String TRAINING_NOISES = "noises.training";
        private static final String EVALUATION_NOISES = "noises.evaluation";
        private static final String TOO_QUIET = "tooQuiet.";
        private static final String SHARED = "sharedNoise.";
        private static final String ALIKE = "likeSubject.";
        private static final List<String> LEAK = List.of(".first", ".firstSide", ".second", ".secondSide");

        private final String method;
        private final int recordings;
        private final int trainingNoises;
        private final int evaluationNoises;
        private final List<String> tooQuiet;
        private final List<Leak> sharedNoises;
        private final List<Leak> likeSubjects;

        private Result(Builder builder) {
            method = builder.method;
            recordings = builder.recordings;
            trainingNoises = builder.trainingNoises;
            evaluationNoises = builder.evaluationNoises;
            tooQuiet = List.copyOf(builder.tooQuiet);
            sharedNoises = List.copyOf(builder.sharedNoises);
            likeSubjects = List.copyOf(builder.likeSubjects);
        }

        /** Returns a builder, for tests and for adapters that restore a stored value. */
        public static Builder builder(String method, int recordings) {
            return new Builder(method, recordings);
        }

        /** Returns the method of the fingerprints. */
        public String method() {
            return method;
        }

        /** Returns the number of compared recordings. */
        public int recordings() {
            return recordings;
        }

        /** Returns the number of noises used in training. */
        public int trainingNoises() {
            return trainingNoises;
        }

        /** Returns the number of noises used in evaluation. */
        public int evaluationNoises() {
            return evaluationNoises;
        }

        /**
         * Returns ids of recordings with too little sound to be recognised in another form; of these, only identical samples
         * are found.
         */
        public List<String> tooQuiet() {
            return tooQuiet;
        }

        /** Returns noises used in training and evaluation, which the user explicitly allows. */
        public List<Leak> sharedNoises() {
            return sharedNoises;
        }

        /**
         * Returns subjects of two sets whose names differ in case, blanks, accents, dashes or leading zeros only, and who may
         * be one person.
         */
        public List<Leak> likeSubjects() {
            return likeSubjects;
        }

        /** Returns sorted names with values, of which {@link #read} makes an equal result. */
        public SortedMap<String, String> describe() {
            SortedMap<String, String> text = new TreeMap<>();
            text.put(METHOD, method);
            text.put(RECORDINGS, Integer.toString(recordings));
            text.put(TRAINING_NOISES, Integer.toString(trainingNoises));
            text.put(EVALUATION_NOISES, Integer.toString(evaluationNoises));
            for (int i = 0; i < tooQuiet.size(); i++) {
                text.put(TOO_QUIET + i, tooQuiet.get(i));
            }
            for (int i = 0; i < sharedNoises.size(); i++) {
                text.put(SHARED + i + ".training", sharedNoises.get(i).first());
                text.put(SHARED + i + ".evaluation", sharedNoises.get(i).second());
            }
            for (int i = 0; i < likeSubjects.size(); i++) {
                Leak leak = likeSubjects.get(i);
                List<String> values = List.of(leak.first(), leak.firstSide(), leak.second(), leak.secondSide());
                for (int j = 0; j < LEAK.size(); j++) {
                    text.put(ALIKE + i + LEAK.get(j), values.get(j));
                }
            }
            return text;
        }

        /** Reads the result of {@link #describe}; empty if the text contains none. */
        public static Optional<Result> read(Map<String, String> text) {
            if (!text.containsKey(METHOD)) {
                return Optional.empty();
            }
            List<String> quiet = new ArrayList<>();
            while (text.containsKey(TOO_QUIET + quiet.size())) {
                quiet.add(text.get(TOO_QUIET + quiet.size()));
            }
            List<Leak> shared = new ArrayList<>();
            while (text.containsKey(SHARED + shared.size() + ".training")) {
                String name = SHARED + shared.size();
                shared.add(sharedNoise(text.get(name + ".training"), text.get(name + ".evaluation")));
            }
            List<Leak> alike = new ArrayList<>();
            while (text.containsKey(ALIKE + alike.size() + LEAK.get(0))) {
                String name = ALIKE + alike.size();
                List<String> values = LEAK.stream().map(field -> text.get(name + field)).toList();
                alike.add(new Leak(Leak.Kind.SUBJECT, values.get(0), values.get(1), values.get(2), values.get(3)));
            }
            return Optional.of(Result.builder(text.get(METHOD), Integer.parseInt(text.get(RECORDINGS)))
                    .trainingNoises(Integer.parseInt(text.get(TRAINING_NOISES)))
                    .evaluationNoises(Integer.parseInt(text.get(EVALUATION_NOISES)))
                    .tooQuiet(quiet)
                    .sharedNoises(shared)
                    .likeSubjects(alike)
                    .build());
        }

        private static Leak sharedNoise(String training, String evaluation) {
            return new Leak(Leak.Kind.NOISE, training, SplitAudit.TRAINING, evaluation, SplitAudit.EVALUATION);
        }

        private List<Object> values() {
            return List.of(method, recordings, trainingNoises, evaluationNoises, tooQuiet, sharedNoises, likeSubjects);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Result that && values().equals(that.values());
        }

        @Override
        public int hashCode() {
            return values().hashCode();
        }

        @Override
        public String toString() {
            return "Result" + values();
        }

        /** A builder of a {@link Result}. Each method replaces a value. Not thread-safe. */
        public static final class Builder {

            private final String method;
            private final int recordings;
            private int trainingNoises;
            private int evaluationNoises;
            private List<String> tooQuiet = List.of();
            private List<Leak> sharedNoises = List.of();
            private List<Leak> likeSubjects = List.of();

            private Builder(String method, int recordings) {
                this.method = method;
                this.recordings = recordings;
            }

            /** Sets {@link Result#trainingNoises}. */
            public Builder trainingNoises(int trainingNoises) {
                this.trainingNoises = trainingNoises;
                return this;
            }

            /** Sets {@link Result#evaluationNoises}. */
            public Builder evaluationNoises(int evaluationNoises) {
                this.evaluationNoises = evaluationNoises;
                return this;
            }

            /** Sets {@link Result#tooQuiet}. */
            public Builder tooQuiet(List<String> tooQuiet) {
                this.tooQuiet = tooQuiet;
                return this;
            }

            /** Sets {@link Result#sharedNoises}. */
            public Builder sharedNoises(List<Leak> sharedNoises) {
                this.sharedNoises = sharedNoises;
                return this;
            }

            /** Sets {@link Result#likeSubjects}. */
            public Builder likeSubjects(List<Leak> likeSubjects) {
                this.likeSubjects = likeSubjects;
                return this;
            }

            /** Returns the value. */
            public Result build() {
                return new Result(this);
            }
        }
    }
}
