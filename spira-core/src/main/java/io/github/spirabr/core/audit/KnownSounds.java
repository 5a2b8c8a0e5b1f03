package io.github.spirabr.core.audit;

import io.github.spirabr.core.audit.SplitAudit.SoundPrint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The acoustic fingerprints of recordings that a model was trained or validated on, which are stored with it, so that the sounds
 * are known again in a later test, encoded anew, resampled, louder or trimmed. No sound can be made of them. Immutable and
 * thread-safe.
 */
public final class KnownSounds {

    /** The name of the file of a stored model that holds them. */
    public static final String FILE = "trained-on-sounds.bin";

    private static final int FORMAT = 1;
    private static final int MOST = 10_000_000;

    /** A sound: its digest and fingerprint. */
    private record Sound(String digest, Fingerprint fingerprint) {}

    private final String method;
    private final List<Sound> sounds;

    private KnownSounds(String method, List<Sound> sounds) {
        this.method = method;
        this.sounds = List.copyOf(sounds);
    }

    /**
     * Returns the sounds of some recordings.
     *
     * @param method method of the fingerprints
     * @param prints prints of the recordings; their order is kept
     */
    public static KnownSounds of(String method, Collection<SoundPrint> prints) {
        return new KnownSounds(method, prints.stream().map(one -> new Sound(one.digest(), one.fingerprint())).toList());
    }

    /**
     * Reads {@link #toBytes}.
     *
     * @throws IllegalArgumentException if the bytes are damaged or of a newer format
     */
    public static KnownSounds read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readInt();
            if (format != FORMAT) {
                throw new IllegalArgumentException(FILE + " must be of format " + FORMAT + ", but was of format " + format
                        + "; use a newer version of the library");
            }
            String method = in.readUTF();
            int count = bounded(in.readInt(), MOST);
            List<Sound> sounds = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String digest = in.readUTF();
                // A frame has four bytes at least, so that damaged lengths take no memory.
                int frames = bounded(in.readInt(), bytes.length / Integer.BYTES);
                int[] words = new int[frames];
                boolean[] heard = new boolean[frames];
                for (int t = 0; t < frames; t++) {
                    words[t] = in.readInt();
                    heard[t] = in.readBoolean();
                }
                sounds.add(new Sound(digest, Fingerprint.of(words, heard)));
            }
            return new KnownSounds(method, sounds);
        } catch (IOException e) {
            throw new IllegalArgumentException(FILE + " must hold the sounds of a training, but ends too early or is damaged", e);
        }
    }

    private static int bounded(int value, int most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(FILE + " must hold the sounds of a training, but is damaged");
        }
        return value;
    }

    /** Returns the content of {@link #FILE}. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeUTF(method);
            out.writeInt(sounds.size());
            for (Sound sound : sounds) {
                out.writeUTF(sound.digest);
                out.writeInt(sound.fingerprint.frames());
                for (int t = 0; t < sound.fingerprint.frames(); t++) {
                    out.writeInt(sound.fingerprint.word(t));
                    out.writeBoolean(sound.fingerprint.isHeard(t));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Returns the method of the fingerprints; sounds of another method cannot be compared with these. */
    public String method() {
        return method;
    }

    /** Returns the number of sounds. */
    public int size() {
        return sounds.size();
    }

    /**
     * Searches for recordings that sound like one of these, in whole or in part.
     *
     * @param prints prints of the recordings, by id, of the same method
     * @return the ids of those that are found, each with the kind of its likeness
     */
    public SortedMap<String, Leak.Kind> search(Map<String, SoundPrint> prints) {
        List<String> ids = List.copyOf(new TreeMap<>(prints).keySet());
        List<Fingerprint> all = new ArrayList<>(sounds.stream().map(Sound::fingerprint).toList());
        ids.forEach(id -> all.add(prints.get(id).fingerprint()));
        int known = sounds.size();
        SortedMap<String, Leak.Kind> found = new TreeMap<>();
        for (FingerprintSearch.Match match : new FingerprintSearch(all, i -> i < known ? 0 : 1).run()) {
            found.merge(ids.get(match.second() - known), match.whole() ? Leak.Kind.NEAR_IDENTICAL_AUDIO : Leak.Kind.WINDOW,
                    (one, other) -> one == Leak.Kind.NEAR_IDENTICAL_AUDIO ? one : other);
        }
        Set<String> digests = new HashSet<>();
        sounds.forEach(sound -> digests.add(sound.digest));
        ids.stream().filter(id -> digests.contains(prints.get(id).digest()))
                .forEach(id -> found.put(id, Leak.Kind.IDENTICAL_AUDIO));
        return Collections.unmodifiableSortedMap(found);
    }
}
