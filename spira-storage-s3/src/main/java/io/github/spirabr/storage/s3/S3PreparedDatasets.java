package io.github.spirabr.storage.s3;

import io.github.spirabr.core.SafeNames;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedDatasetException;
import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.PreparedRecording;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

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

    private final S3Client client;
    private final Bucket bucket;
    private final SmallObjects objects;
    private final String prefix;
    private final Clock clock;

    private S3PreparedDatasets(S3Connection connection, String prefix, Clock clock) {
        this.client = connection.client();
        this.bucket = connection.bucket();
        this.objects = new SmallObjects(client, bucket.name());
        this.prefix = prefix;
        this.clock = clock;
    }

    /**
     * The data sets of a bucket.
     *
     * @param connection stays open, and is closed by the caller
     * @param prefix of all keys, such as {@code datasets}; empty for none
     * @throws IllegalArgumentException if the prefix cannot be one
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
                    "a fingerprint is 64 lower-case hexadecimal digits, but was '" + fingerprint + "'");
        }
        String features = "features-" + UUID.randomUUID() + ".bin";
        try {
            if (isThere(folder + INDEX)) {
                throw taken(name);
            }
            DatasetIndex index;
            try (MultipartUpload upload = MultipartUpload.begin(client, bucket.name(), folder + features)) {
                List<DatasetIndex.Item> items = write(name, recordings, upload);
                index = DatasetIndex.of(fingerprint, features, upload.size(), items);
                upload.complete();
            }
            if (!new VersionClaim(client, objects, bucket.name()).write(folder + INDEX, index.toJson())) {
                remove(folder + features);
                throw taken(name);
            }
        } catch (SdkException e) {
            throw failure("data set " + name + " cannot be saved", e);
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
                throw new PreparedDatasetException("data set " + name + " cannot be saved: recording "
                        + recording.id() + " comes twice; leave one out");
            }
            long length = FeatureBlock.size(recording.windows());
            if (length > LARGEST_RECORDING) {
                throw new PreparedDatasetException("data set " + name + " cannot be saved: the features of "
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
            throw new PreparedDatasetException("data set " + name + " cannot be saved: it has no recordings");
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
            return new RangedDataset(name, address(folder), folder, index(name, folder + INDEX), objects, bucket);
        } catch (NoSuchKeyException e) {
            throw new PreparedDatasetException("there is no data set " + name + " in " + address("") + "; there are "
                    + names(), e);
        } catch (SdkException e) {
            throw failure("data set " + name + " cannot be read", e);
        }
    }

    private DatasetIndex index(String name, String key) {
        SmallObjects.Content content = objects.get(key);
        try {
            if (!content.sound()) {
                throw new IllegalArgumentException("it is not what was put there, by its SHA-256");
            }
            return DatasetIndex.parse(content.bytes());
        } catch (IllegalArgumentException e) {
            throw new PreparedDatasetException("data set " + name + " is damaged at " + address(key) + ": "
                    + e.getMessage() + "; delete it, and prepare it again", e);
        }
    }

    @Override
    public SortedSet<String> names() {
        String folder = prefix.isEmpty() ? "" : prefix + "/";
        SortedSet<String> names = new TreeSet<>();
        try {
            client.listObjectsV2Paginator(request -> request.bucket(bucket.name()).prefix(folder).delimiter("/"))
                    .commonPrefixes().stream()
                    .map(common -> common.prefix().substring(folder.length(), common.prefix().length() - 1))
                    .filter(SafeNames::isSafe)
                    .filter(name -> isThere(folder(name) + INDEX))
                    .forEach(names::add);
        } catch (SdkException e) {
            throw failure("the data sets cannot be listed", e);
        }
        return names;
    }

    @Override
    public void delete(String name) {
        String folder = folder(name);
        try {
            String features = index(name, folder + INDEX).features();
            remove(folder + INDEX);
            remove(folder + features);
        } catch (NoSuchKeyException e) {
            return;
        } catch (SdkException e) {
            throw failure("data set " + name + " cannot be deleted", e);
        }
    }

    @Override
    public int clean(Duration abandoned) {
        if (abandoned.compareTo(SHORTEST_ABANDONED) < 0) {
            throw new IllegalArgumentException(
                    "drafts can be called abandoned after 1 hour or more, but was " + abandoned);
        }
        Instant before = clock.instant().minus(abandoned);
        String folder = prefix.isEmpty() ? "" : prefix + "/";
        try {
            return abortUploads(folder, before) + removeFeatures(folder, before);
        } catch (SdkException e) {
            throw failure("what is left of broken-off saves cannot be removed", e);
        }
    }

    private int abortUploads(String folder, Instant before) {
        int aborted = 0;
        for (MultipartUpload.Unfinished upload : MultipartUpload.unfinished(client, bucket.name(), folder)) {
            if (isFeatures(folder, upload.key()) && upload.begun().isBefore(before)) {
                client.abortMultipartUpload(request ->
                        request.bucket(bucket.name()).key(upload.key()).uploadId(upload.id()));
                aborted++;
            }
        }
        return aborted;
    }

    /** Features that no index names: their save was broken off after the upload, or their deletion. */
    private int removeFeatures(String folder, Instant before) {
        int removed = 0;
        for (S3Object object : client.listObjectsV2Paginator(request ->
                request.bucket(bucket.name()).prefix(folder)).contents()) {
            String key = object.key();
            if (isFeatures(folder, key) && object.lastModified().isBefore(before) && !isNamed(folder, key)) {
                remove(key);
                removed++;
            }
        }
        return removed;
    }

    private boolean isNamed(String folder, String key) {
        String name = key.substring(folder.length(), key.indexOf('/', folder.length()));
        try {
            return key.endsWith("/" + index(name, folder(name) + INDEX).features());
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    private static boolean isFeatures(String folder, String key) {
        String[] parts = key.substring(folder.length()).split("/", -1);
        return parts.length == 2 && SafeNames.isSafe(parts[0]) && DatasetIndex.isFeatures(parts[1]);
    }

    private boolean isThere(String key) {
        try {
            client.headObject(request -> request.bucket(bucket.name()).key(key));
            return true;
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    private void remove(String key) {
        client.deleteObject(request -> request.bucket(bucket.name()).key(key));
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
