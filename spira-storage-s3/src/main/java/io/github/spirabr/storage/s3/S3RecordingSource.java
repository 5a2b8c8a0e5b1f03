package io.github.spirabr.storage.s3;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The recordings under a prefix of a bucket, whose keys contain subject and class. Immutable and
 * thread-safe; every {@link #load()} lists the bucket anew, and reads no object.
 */
public final class S3RecordingSource implements RecordingSource, Described {

    private static final int FAULTS_TOLD = 20;

    private final S3Connection connection;
    private final String prefix;
    private final Pattern keys;
    private final @Nullable Pattern others;

    private S3RecordingSource(S3Connection connection, String prefix, Pattern keys, @Nullable Pattern others) {
        this.connection = connection;
        this.prefix = prefix;
        this.keys = keys;
        this.others = others;
    }

    /**
     * Returns the recordings under a prefix.
     *
     * @param connection stays open while the recordings are used
     * @param prefix such as {@code recordings/2026}; empty for the whole bucket
     * @param keys pattern that all keys match after the prefix and its '/', such as {@code
     *     (?<label>control|patient)/(?<subject>[^/]+)/.+\.wav}. Group {@code subject} is the speaker; group
     *     {@code label} is {@code 0} or {@code control}, {@code 1} or {@code patient}
     * @throws IllegalArgumentException if the pattern lacks one of the two groups, or the prefix is invalid
     */
    public static S3RecordingSource of(S3Connection connection, String prefix, Pattern keys) {
        for (String group : List.of("subject", "label")) {
            if (!keys.pattern().contains("(?<" + group + ">")) {
                throw new IllegalArgumentException(
                        "keys must have a group (?<" + group + ">...), but was " + keys + "; add that group");
            }
        }
        return new S3RecordingSource(connection, Bucket.requirePrefix(prefix), keys, null);
    }

    /** Returns a source that leaves out keys that match a pattern after the prefix, such as {@code .*\.csv}. */
    public S3RecordingSource ignoring(Pattern otherKeys) {
        return new S3RecordingSource(connection, prefix, keys, otherKeys);
    }

    /**
     * Lists the bucket.
     *
     * @return the recordings in the order of their keys; the id is the key after the prefix, the data
     *     set's name is the address of the prefix
     * @throws InvalidDatasetException with all faults at once: keys that do not match, an invalid
     *     class, one class only; or if the bucket cannot be listed
     */
    @Override
    public Dataset load() {
        return Dataset.of(address(), list());
    }

    @Override
    public List<Recording> list() {
        String folder = folder();
        String name = address();
        List<Recording> recordings = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        try {
            connection.requests().objects(folder, object -> {
                String id = object.key().substring(folder.length());
                boolean marksFolder = id.isEmpty() || id.endsWith("/");
                if (!marksFolder && (others == null || !others.matcher(id).matches())) {
                    recording(id, object, faults).ifPresent(recordings::add);
                }
            });
        } catch (SdkException e) {
            throw new InvalidDatasetException(
                    name, List.of(connection.bucket().sentence("it could not be listed", e)));
        }
        if (faults.isEmpty()) {
            return List.copyOf(recordings);
        }
        List<String> told = new ArrayList<>(faults.subList(0, Math.min(FAULTS_TOLD, faults.size())));
        if (faults.size() > FAULTS_TOLD) {
            told.add("and " + (faults.size() - FAULTS_TOLD) + " more");
        }
        throw new InvalidDatasetException(name, told);
    }

    private String folder() {
        return prefix.isEmpty() ? "" : prefix + "/";
    }

    private String address() {
        return "s3://" + connection.bucket().name() + "/" + folder();
    }

    private Optional<Recording> recording(String id, S3Object object, List<String> faults) {
        Matcher matcher = keys.matcher(id);
        if (!matcher.matches()) {
            faults.add("'" + id + "' does not match " + keys + "; correct the pattern, or ignore such keys");
            return Optional.empty();
        }
        String subject = Optional.ofNullable(matcher.group("subject")).orElse("");
        Optional<Label> label = label(Optional.ofNullable(matcher.group("label")).orElse(""));
        if (subject.isBlank()) {
            faults.add("'" + id + "' names no subject; correct the pattern");
        }
        if (label.isEmpty()) {
            faults.add("the class of '" + id + "' is '" + matcher.group("label")
                    + "'; it must be 0 or control, 1 or patient");
        }
        if (subject.isBlank() || label.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Recording(id, subject, label.get(), Map.of(),
                S3AudioSource.listed(connection, object.key(), object.eTag())));
    }

    private static Optional<Label> label(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "0", "control" -> Optional.of(Label.CONTROL);
            case "1", "patient" -> Optional.of(Label.PATIENT);
            default -> Optional.empty();
        };
    }

    /** Returns the settings of the section {@code recordings} of an experiment file that lists the same recordings. */
    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("listing", address().replaceFirst("/$", ""));
        settings.put("keyPattern", keys.pattern());
        if (others != null) {
            settings.put("ignorePattern", others.pattern());
        }
        return new ComponentDescription("recordings", settings);
    }

    @Override
    public String toString() {
        return "S3RecordingSource[s3://" + connection.bucket().name() + "/" + prefix + "]";
    }
}
