package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.artifact.HeardRecording;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.internal.Parts;
import io.github.spirabr.core.internal.Sha256;
import io.github.spirabr.core.preprocessing.FeatureCache;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Features behind a {@link FeatureCache}. An entry's key holds the recording's content and all that its features depend
 * on, the versions of the code included, so that an entry can be missing but never stale. Thread-safe.
 */
final class StoredFeatures {

    /** The version of the computation; raised whenever features change although no setting did. */
    private static final String FORMAT = "spira features 2";

    private final FeatureCache cache;
    private final String fingerprint;
    /** Hashes of files of which recordings are parts, so that looking for the parts reads each file once. */
    private final Map<AudioSource, String> files = new ConcurrentHashMap<>();

    StoredFeatures(FeatureCache cache, AudioReader reader, Preprocessing preprocessing) {
        this.cache = cache;
        StringBuilder parts = new StringBuilder(FORMAT).append('\n').append(part(reader));
        preprocessing.transforms().forEach(transform -> parts.append(part(transform)));
        parts.append(part(preprocessing.windowing())).append(part(preprocessing.extractor()));
        preprocessing.featureTransforms().forEach(transform -> parts.append(part(transform)));
        this.fingerprint = parts.toString();
    }

    private static String part(Component component) {
        return Descriptions.sorted(component) + ' ' + component.getClass().getName() + ' '
                + component.getClass().getPackage().getImplementationVersion() + '\n';
    }

    /** Returns the cached features of this sound, or computes and caches them. */
    HeardRecording get(AudioSource audio, Supplier<HeardRecording> compute) {
        Optional<String> key = knownKey(audio);
        if (key.isEmpty()) {
            return compute.get();
        }
        return cache.get(key.get()).map(HeardRecording::fromMatrices).orElseGet(() -> {
            HeardRecording computed = compute.get();
            // A file that was written meanwhile may have been decoded as it is now.
            if (key(audio).equals(key)) {
                cache.put(key.get(), computed.toMatrices());
            }
            return computed;
        });
    }

    /** Returns the key of the sound as it was when a part of its file was looked for first. */
    private Optional<String> knownKey(AudioSource audio) {
        if (audio.part().isWhole()) {
            return key(audio);
        }
        String file = files.get(audio.whole());
        if (file == null) {
            Optional<String> read = hash(audio);
            read.ifPresent(hash -> files.put(audio.whole(), hash));
            return read.map(hash -> key(audio, hash));
        }
        return Optional.of(key(audio, file));
    }

    /** Returns the key of the sound; empty if its bytes cannot be read, which the reader reports with more detail. */
    private Optional<String> key(AudioSource audio) {
        return hash(audio).map(file -> key(audio, file));
    }

    private String key(AudioSource audio, String file) {
        return Sha256.hex(fingerprint + Parts.content(file, audio.part()));
    }

    private static Optional<String> hash(AudioSource audio) {
        try (InputStream in = audio.open()) {
            return Optional.of(Sha256.hex(in));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
