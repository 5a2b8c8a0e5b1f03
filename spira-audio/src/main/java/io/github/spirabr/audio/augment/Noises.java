package io.github.spirabr.audio.augment;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A set of noises of one sample rate, decoded and held in memory. None of them is silent. Its name is
 * how settings refer to it (see {@link io.github.spirabr.core.component.Components#bind}); its
 * fingerprint says which samples they are. The noises of {@link #ambient} are known in a run only. Immutable and thread-safe.
 */
public final class Noises {

    private static final int HASH_CHUNK = 1 << 14;

    /**
     * One noise.
     *
     * @param name name for messages, unique within its set
     * @param waveform its samples
     */
    public record Noise(String name, Waveform waveform) {}

    /**
     * Noises split like recordings: evaluation uses none that training uses.
     *
     * @param training noises for augmentations
     * @param evaluation noises for evaluation protocols
     */
    public record Split(Noises training, Noises evaluation) {}

    private record Hashed(Noise noise, String hash) {}

    /** The origin of the noises of a set. */
    private enum Origin { GIVEN, STAND_INS, AMBIENT }

    private final String name;
    private final List<Hashed> noises;
    private final Origin origin;

    private Noises(String name, List<Hashed> noises, Origin origin) {
        this.name = name;
        this.noises = List.copyOf(noises);
        this.origin = origin;
    }

    /**
     * Returns a set of these noises.
     *
     * @param name name of the set, not blank
     * @param noises at least one, of one sample rate and different names
     * @throws PreprocessingException if there is none, if any are silent (all of which are named), or if
     *     names or sample rates do not fit
     */
    public static Noises of(String name, List<Noise> noises) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a set of noises must not be blank");
        }
        if (noises.isEmpty()) {
            throw new PreprocessingException("the noises '" + name + "' must contain at least one noise, but contain none");
        }
        Set<String> names = new HashSet<>();
        Set<String> twice = new TreeSet<>();
        List<String> silent = new ArrayList<>();
        Set<Integer> rates = new TreeSet<>();
        for (Noise noise : noises) {
            if (!names.add(noise.name())) {
                twice.add(noise.name());
            }
            if (Levels.peak(noise.waveform()) == 0) {
                silent.add(noise.name());
            }
            rates.add(noise.waveform().sampleRate());
        }
        if (!twice.isEmpty()) {
            throw new PreprocessingException("the noises '" + name + "' hold " + twice + " more than once");
        }
        if (!silent.isEmpty()) {
            throw new PreprocessingException("of the noises '" + name + "', " + silent
                    + " are silent, and no gain gives them an amplitude; remove them");
        }
        if (rates.size() > 1) {
            throw new PreprocessingException("the noises '" + name + "' have different sample rates, " + rates
                    + " Hz; read all of them with one reader");
        }
        return new Noises(name, noises.stream().map(noise -> new Hashed(noise, hash(noise.waveform()))).toList(), Origin.GIVEN);
    }

    /**
     * Returns a set that each run fills with the recordings of its training subjects' rooms, in which nobody speaks (the task
     * {@code ambient-noise}); never with those of other subjects. For augmentations only.
     *
     * @param name name of the set, not blank
     */
    public static Noises ambient(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a set of noises must not be blank");
        }
        return new Noises(name, List.of(), Origin.AMBIENT);
    }

    /** Returns whether a run is to fill this set, which has no noises yet. */
    boolean isAmbient() {
        return origin == Origin.AMBIENT;
    }

    /**
     * Fills a set of ambient noises; silent recordings are left out, since no gain gives them an amplitude.
     *
     * @param rooms the recordings by id
     * @throws PreprocessingException if nothing is left
     */
    Noises filled(Map<String, Waveform> rooms) {
        List<Noise> heard = rooms.entrySet().stream().map(room -> new Noise(room.getKey(), room.getValue()))
                .filter(noise -> Levels.peak(noise.waveform()) > 0).toList();
        if (heard.isEmpty()) {
            throw new PreprocessingException("the noises '" + name + "' must have at least one recording of the room of a"
                    + " training subject (task ambient-noise) that can be read and is not silent, but have none; record rooms,"
                    + " or name files of noises");
        }
        return of(name, heard);
    }

    /** Refuses a set of ambient noises where training alone may use them. */
    Noises requireForEvaluation() {
        if (isAmbient()) {
            throw new PreprocessingException("the noises '" + name + "' are recordings of training subjects' rooms, which"
                    + " evaluation must not use; name files of noises for it");
        }
        return this;
    }

    /**
     * Reads a set of noises; each is named after its source.
     *
     * @param name name of the set, not blank
     * @param reader the one that reads the recordings, so that the sample rates fit
     * @param sources at least one, of different names
     * @throws PreprocessingException if any cannot be read, all of which are named, or for the reasons of {@link #of}
     */
    public static Noises load(String name, AudioReader reader, List<? extends AudioSource> sources) {
        List<Noise> noises = new ArrayList<>();
        List<AudioException> failures = new ArrayList<>();
        for (AudioSource source : sources) {
            try {
                noises.add(new Noise(source.name(), reader.read(source.name(), source)));
            } catch (AudioException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            PreprocessingException all = new PreprocessingException(failures.size() + " of " + sources.size()
                    + " noises '" + name + "' could not be read; repair or remove them:\n"
                    + failures.stream().map(e -> "  " + e.getMessage()).collect(Collectors.joining("\n")));
            failures.forEach(all::addSuppressed);
            throw all;
        }
        return of(name, noises);
    }

    /** Returns stand-ins for noises that will be loaded later; their fingerprint is not compared. */
    static Noises standIns(String name, List<Noise> noises) {
        return new Noises(name, of(name, noises).noises, Origin.STAND_INS);
    }

    boolean areStandIns() {
        return origin == Origin.STAND_INS;
    }

    /**
     * Splits the set at random. Noises of equal samples go to the same side; each side gets at least one.
     * The sides are called {@code name/training} and {@code name/evaluation}.
     *
     * @param trainingShare share of the noises for training, above 0 and below 1
     * @param seed the same seed and noises always give the same split, whatever the noises' order
     * @throws PreprocessingException if there are not two different noises
     */
    public Split split(double trainingShare, long seed) {
        if (!(trainingShare > 0 && trainingShare < 1)) {
            throw new IllegalArgumentException(
                    "the share of noises for training must be above 0 and below 1, but was " + trainingShare);
        }
        List<String> hashes = new ArrayList<>(new TreeSet<>(noises.stream().map(Hashed::hash).toList()));
        if (hashes.size() < 2) {
            throw new PreprocessingException("the noises '" + name + "' could not be split: all of them are the same;"
                    + " give more, or allow evaluation to use the noises of training (shareNoises)");
        }
        Collections.shuffle(hashes, new Random(new RandomStreams(seed).stream("noise split").nextLong()));
        int count = (int) Math.max(1, Math.min(hashes.size() - 1, Math.round(trainingShare * hashes.size())));
        Set<String> training = Set.copyOf(hashes.subList(0, count));
        Map<Boolean, List<Hashed>> sides =
                noises.stream().collect(Collectors.partitioningBy(noise -> training.contains(noise.hash())));
        return new Split(
                new Noises(name + "/training", sides.getOrDefault(true, List.of()), origin),
                new Noises(name + "/evaluation", sides.getOrDefault(false, List.of()), origin));
    }

    /** Returns the name that settings use for this set. */
    public String name() {
        return name;
    }

    /** Returns the number of noises, at least one; 0 for {@link #ambient}. */
    public int size() {
        return noises.size();
    }

    /** Returns the noises, in their order. */
    public List<Noise> noises() {
        return noises.stream().map(Hashed::noise).toList();
    }

    /** Returns the sample rate of all noises, in hertz. */
    public int sampleRate() {
        return noises.get(0).noise().waveform().sampleRate();
    }

    /** Returns the SHA-256 of all samples in their order, in lower-case hexadecimal. */
    public String fingerprint() {
        MessageDigest digest = sha256();
        noises.forEach(noise -> digest.update(noise.hash().getBytes(StandardCharsets.US_ASCII)));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns each noise's name by the SHA-256 of its sample rate and samples. */
    public Map<String, String> material() {
        Map<String, String> material = new LinkedHashMap<>();
        noises.forEach(noise -> material.putIfAbsent(noise.hash(), nameInMessages(noise)));
        return Collections.unmodifiableMap(material);
    }

    /** Returns each noise's samples by its name. */
    public Map<String, Waveform> sounds() {
        Map<String, Waveform> sounds = new LinkedHashMap<>();
        noises.forEach(one -> sounds.put(one.noise().name(), one.noise().waveform()));
        return Collections.unmodifiableMap(sounds);
    }

    /** Returns the name of a noise; the place of a stand-in says nothing of the noise that it stands for. */
    private String nameInMessages(Hashed noise) {
        return areStandIns() ? "noises of " + name : noise.noise().name();
    }

    Noise get(int index) {
        return noises.get(index).noise();
    }

    void requireRateOf(Waveform waveform, String recording) {
        if (isAmbient()) {
            throw new IllegalStateException("the noises '" + name + "' are known in a run only, when it has split its"
                    + " recordings");
        }
        if (waveform.sampleRate() != sampleRate()) {
            throw new PreprocessingException("recording " + recording + " has " + waveform.sampleRate()
                    + " Hz, but the noises '" + name + "' have " + sampleRate()
                    + " Hz; read both with one reader");
        }
    }

    /** Describes the set: its name, and its fingerprint where the noises are known. */
    void describe(String setting, Map<String, Object> settings) {
        settings.put(setting, name);
        if (!isAmbient()) {
            settings.put(setting + "Sha256", fingerprint());
        }
    }

    /**
     * Declares the settings that {@link #read} reads.
     *
     * @param setting the name of the setting that names the noises
     */
    public static SettingsDeclaration settings(String setting) {
        return SettingsDeclaration.of(
                Setting.bound(setting, Noises.class, "Name of a set of noises."),
                Setting.text(setting + "Sha256", "SHA-256 fingerprint that these noises must have.").optional("not compared"));
    }

    /**
     * The bound noises that a setting names, refused if they are not those that were described.
     *
     * @param setting setting whose value is their name; beside it {@code settingSha256} may say their fingerprint
     * @throws io.github.spirabr.core.component.ComponentException if there are no such noises
     */
    public static Noises read(Settings settings, String setting) {
        Noises noises = settings.bound(setting, Noises.class);
        String fingerprint = settings.has(setting + "Sha256") ? settings.string(setting + "Sha256") : noises.fingerprint();
        if (!noises.areStandIns() && !noises.isAmbient() && !fingerprint.equals(noises.fingerprint())) {
            throw new InvalidSettingException(setting + "Sha256", fingerprint + " is not that of the noises '"
                    + noises.name() + "', which is " + noises.fingerprint()
                    + "; other noises give another experiment: restore them, or remove this setting");
        }
        return noises;
    }

    private static String hash(Waveform waveform) {
        MessageDigest digest = sha256();
        ByteBuffer bytes = ByteBuffer.allocate(HASH_CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        digest.update(bytes.putInt(waveform.sampleRate()).flip());
        for (int from = 0; from < waveform.length(); from += HASH_CHUNK) {
            bytes.clear();
            int until = Math.min(waveform.length(), from + HASH_CHUNK);
            for (int i = from; i < until; i++) {
                bytes.putFloat(waveform.sample(i));
            }
            digest.update(bytes.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Noises[" + name + ", " + (isAmbient() ? "ambient" : noises.size() + " of " + sampleRate() + " Hz") + "]";
    }
}
