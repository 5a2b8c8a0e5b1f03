package io.github.spirabr.storage.s3;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedDatasetException;
import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.internal.adapter.SafeNames;
import io.github.spirabr.core.internal.store.DatasetIndex;
import io.github.spirabr.core.internal.store.FeatureBlock;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Prepared data sets in a bucket: {@code PREFIX/NAME/features-ID.bin}, written in parts, and {@code
 * PREFIX/NAME/index.json}, which is written last, and only if there is none ({@code If-None-Match: *}).
 * Features are read by ranges; a reader that goes through the recordings in order gets several with
 * one request.
 *
 * <p>A save holds some 50 MB of parts and the recording that is being written in memory, a reader some
 * 8 MB. Credentials need {@code s3:ListBucket}, {@code s3:GetObject}, {@code s3:PutObject}, {@code
 * s3:AbortMultipartUpload}, {@code s3:ListBucketMultipartUploads} and {@code s3:DeleteObject}.
 */
public final class S3PreparedDatasets implements PreparedDatasetRepository, Described {

    private static final String INDEX = "index.json";
    private static final Duration SHORTEST_ABANDONED = Duration.ofHours(1);
    private static final long LARGEST_RECORDING = 1 << 29;
    private static final int BUFFER_BYTES = 1 << 20;

    private final BucketRequests requests;
    private final Bucket bucket;
    private final SmallObjects objects;
    private final String prefix;
    private final Clock clock;

    private S3PreparedDatasets(S3Connection connection, String prefix, Clock clock) {
        this.requests = connection.requests();
        this.bucket = connection.bucket();
        this.objects = new SmallObjects(requests);
        this.prefix = prefix;
        this.clock = clock;
    }

    /**
     * Returns the data sets of a bucket.
     *
     * @param connection stays open, and is closed by the caller
     * @param prefix prefix of all keys, such as {@code datasets}; empty for none
     * @throws IllegalArgumentException if the prefix is invalid
     */
    public static S3PreparedDatasets of(S3Connection connection, String prefix) {
        return of(connection, prefix, Clock.systemUTC());
    }

    @Override
    public ComponentDescription description() {
        String location = "s3://" + bucket.name() + (prefix.isEmpty() ? "" : "/" + prefix.replaceFirst("/$", ""));
        return new ComponentDescription("datasets", Map.of("location", location));
    }

    static S3PreparedDatasets of(S3Connection connection, String prefix, Clock clock) {
        return new S3PreparedDatasets(connection, Bucket.requirePrefix(prefix), clock);
    }

    @Override
    public void save(String name, String fingerprint, Iterator<PreparedRecording> recordings) {
        String folder = folder(name);
        if (!fingerprint.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "fingerprint must be 64 lower-case hexadecimal digits, but was '" + fingerprint + "'");
        }
        String features = "features-" + UUID.randomUUID() + ".bin";
        try {
            if (requests.isThere(folder + INDEX)) {
                throw taken(name);
            }
            DatasetIndex index;
            try (MultipartUpload upload = MultipartUpload.begin(requests, folder + features)) {
                List<DatasetIndex.Item> items = write(name, recordings, upload);
                index = new DatasetIndex(fingerprint, Optional.of(features), upload.size(), items);
                upload.complete();
            }
            if (!new VersionClaim(requests).write(folder + INDEX, index.toBytes())) {
                requests.delete(folder + features);
                throw taken(name);
            }
        } catch (SdkException e) {
            throw failure("data set " + name + " could not be saved", e);
        }
    }

    private static List<DatasetIndex.Item> write(
            String name, Iterator<PreparedRecording> recordings, MultipartUpload upload) {
        List<DatasetIndex.Item> items = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (recordings.hasNext()) {
            PreparedRecording recording = recordings.next();
            if (!ids.add(recording.id())) {
                throw new PreparedDatasetException("data set " + name + " could not be saved: recording "
                        + recording.id() + " is listed twice; remove one");
            }
            long length = FeatureBlock.size(recording.windows());
            if (length > LARGEST_RECORDING) {
                throw new PreparedDatasetException("data set " + name + " could not be saved: the features of "
                        + recording.id() + " have " + length + " bytes, but at most " + LARGEST_RECORDING
                        + " are kept of a recording; cut it into several");
            }
            if (length > buffer.capacity()) {
                buffer = ByteBuffer.allocate(Math.toIntExact(length));
            }
            FeatureBlock.write(recording.windows(), buffer.clear());
            buffer.flip();
            items.add(DatasetIndex.Item.of(recording, upload.size(), length, FeatureBlock.crc32c(buffer)));
            upload.write(buffer);
        }
        if (items.isEmpty()) {
            throw new PreparedDatasetException("data set " + name + " could not be saved: it has no recordings");
        }
        return items;
    }

    private PreparedDatasetException taken(String name) {
        return new PreparedDatasetException("data set " + name + " is in " + address("")
                + " already; choose another name, or delete it first");
    }

    @Override
    public PreparedDataset open(String name) {
        String folder = folder(name);
        try {
            return new RangedDataset(name, address(folder), folder, index(name, folder + INDEX), requests, bucket);
        } catch (NoSuchKeyException e) {
            throw new PreparedDatasetException("there is no data set " + name + " in " + address("") + "; existing data sets: "
                    + names(), e);
        } catch (SdkException e) {
            throw failure("data set " + name + " could not be read", e);
        }
    }

    private DatasetIndex index(String name, String key) {
        SmallObjects.Content content = objects.get(key);
        if (content.isDamaged()) {
            throw damagedIndex(name, key, "it is not what was put there, by its SHA-256");
        }
        DatasetIndex index = DatasetIndex.read("the index of data set " + name + " at " + address(key), content.bytes());
        if (!isFeatures(features(index))) {
            throw damagedIndex(name, key, "its features are in '" + features(index) + "'");
        }
        return index;
    }

    private PreparedDatasetException damagedIndex(String name, String key, String fault) {
        return new PreparedDatasetException("data set " + name + " is damaged at " + address(key) + ": " + fault
                + "; delete it, and prepare it again");
    }

    /** Returns the name of the object of the features. */
    static String features(DatasetIndex index) {
        return index.features().orElse("");
    }

    private static boolean isFeatures(String name) {
        return name.matches("features-[0-9a-f-]{36}\\.bin");
    }

    @Override
    public SortedSet<String> names() {
        String folder = prefix.isEmpty() ? "" : prefix + "/";
        SortedSet<String> names = new TreeSet<>();
        try {
            requests.folders(folder).stream()
                    .filter(SafeNames::isSafe)
                    .filter(name -> requests.isThere(folder(name) + INDEX))
                    .forEach(names::add);
        } catch (SdkException e) {
            throw failure("the data sets could not be listed", e);
        }
        return names;
    }

    @Override
    public void delete(String name) {
        String folder = folder(name);
        try {
            String features = features(index(name, folder + INDEX));
            requests.delete(folder + INDEX);
            requests.delete(folder + features);
        } catch (NoSuchKeyException e) {
            return;
        } catch (SdkException e) {
            throw failure("data set " + name + " could not be deleted", e);
        }
    }

    @Override
    public int clean(Duration abandoned) {
        if (abandoned.compareTo(SHORTEST_ABANDONED) < 0) {
            throw new IllegalArgumentException(
                    "abandoned must be at least 1 hour, but was " + abandoned);
        }
        Instant before = clock.instant().minus(abandoned);
        String folder = prefix.isEmpty() ? "" : prefix + "/";
        try {
            return abortUploads(folder, before) + removeFeatures(folder, before);
        } catch (SdkException e) {
            throw failure("what interrupted saves left could not be removed", e);
        }
    }

    private int abortUploads(String folder, Instant before) {
        int aborted = 0;
        for (var upload : requests.uploads(folder)) {
            if (isFeatures(folder, upload.key()) && upload.initiated().isBefore(before)) {
                requests.abortUpload(upload.key(), upload.uploadId());
                aborted++;
            }
        }
        return aborted;
    }

    /** Removes features that no index names: their save was interrupted after the upload, or their deletion. */
    private int removeFeatures(String folder, Instant before) {
        List<String> old = new ArrayList<>();
        requests.objects(folder, object -> {
            if (isFeatures(folder, object.key()) && object.lastModified().isBefore(before)) {
                old.add(object.key());
            }
        });
        old.removeIf(key -> isNamed(folder, key));
        old.forEach(requests::delete);
        return old.size();
    }

    private boolean isNamed(String folder, String key) {
        String name = key.substring(folder.length(), key.indexOf('/', folder.length()));
        try {
            return key.endsWith("/" + features(index(name, folder(name) + INDEX)));
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    private static boolean isFeatures(String folder, String key) {
        String[] parts = key.substring(folder.length()).split("/", -1);
        return parts.length == 2 && SafeNames.isSafe(parts[0]) && isFeatures(parts[1]);
    }

    private PreparedDatasetException failure(String what, SdkException cause) {
        return new PreparedDatasetException(bucket.sentence(what, cause), cause);
    }

    private String folder(String name) {
        SafeNames.require("a data set's name", name);
        return prefix.isEmpty() ? name + "/" : prefix + "/" + name + "/";
    }

    private String address(String key) {
        return "s3://" + bucket.name() + "/" + (key.isEmpty() && !prefix.isEmpty() ? prefix + "/" : key);
    }

    @Override
    public String toString() {
        return "S3PreparedDatasets[" + address("") + " at " + bucket.server() + "]";
    }
}
