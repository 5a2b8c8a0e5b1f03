package io.github.spirabr.storage.s3;

import io.github.spirabr.core.internal.adapter.SafeNames;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.journal.JournalException;
import io.github.spirabr.core.registry.ModelRepositoryException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A journal in a bucket of AWS S3 or of a server that speaks its protocol: a document is the object {@code
 * PREFIX/NAME.document}, which is replaced only if it is still the one that was read ({@code If-Match}, {@code
 * If-None-Match}). The server must keep conditional writes; one that ignores them is refused by the first write.
 * Credentials need {@code s3:ListBucket}, {@code s3:GetObject} and {@code s3:PutObject}.
 */
public final class S3Journal implements Journal {

    private static final String SUFFIX = ".document";

    private final BucketRequests requests;
    private final Bucket bucket;
    private final SmallObjects objects;
    private final ConditionalWrites conditions;
    private final String keys;

    private S3Journal(S3Connection connection, String prefix) {
        this.requests = connection.requests();
        this.bucket = connection.bucket();
        this.objects = new SmallObjects(requests);
        this.keys = prefix.isEmpty() ? "" : prefix + "/";
        this.conditions = new ConditionalWrites(requests, bucket, keys);
    }

    /**
     * Returns a journal that uses a connection, which the caller closes.
     *
     * @param prefix prefix of all keys, such as {@code journal}; empty for none
     * @throws IllegalArgumentException if the prefix is invalid
     */
    public static S3Journal of(S3Connection connection, String prefix) {
        return new S3Journal(connection, Bucket.requirePrefix(prefix));
    }

    @Override
    public Optional<Journal.Document> read(String name) {
        String key = key(name);
        try {
            return fetch(key);
        } catch (SdkException e) {
            throw failure("document " + name + " of the journal could not be read", e);
        }
    }

    private Optional<Journal.Document> fetch(String key) {
        try {
            SmallObjects.Content object = objects.get(key);
            if (object.isDamaged()) {
                throw new JournalException("the journal is damaged at " + address(key)
                        + ": it is not what was put there, by its SHA-256; restore this object from a backup");
            }
            return Optional.of(new Journal.Document(object.tag(), object.bytes()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Journal.Document> replace(String name, Optional<String> expected, byte[] content) {
        String key = key(name);
        try {
            conditions.requireReplacements();
            return requests.policy().settle(() -> attempt(key, expected, content));
        } catch (SdkException e) {
            throw failure("document " + name + " of the journal could not be written", e);
        } catch (ModelRepositoryException e) {
            throw new JournalException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the document as it is stored then, no document if there is another one, nothing if writes met. */
    private Optional<Optional<Journal.Document>> attempt(String key, Optional<String> expected, byte[] content) {
        try {
            return Optional.of(Optional.of(new Journal.Document(put(key, expected, content), content)));
        } catch (S3Exception e) {
            if (e.statusCode() != 412 && e.statusCode() != 409 && e.statusCode() != 404) {
                throw e;
            }
        }
        Optional<Journal.Document> current = fetch(key);
        // Refused may be a write that was made at its first attempt, of which the answer was lost.
        if (current.isPresent() && Arrays.equals(current.get().content(), content)) {
            return Optional.of(current);
        }
        // A conflict means that somebody is writing, who may yet fail.
        return current.map(Journal.Document::version).equals(expected) ? Optional.empty() : Optional.of(Optional.empty());
    }

    private String put(String key, Optional<String> expected, byte[] content) {
        return objects.put(key, content, Map.of(), request -> {
            request.contentType("text/plain; charset=utf-8");
            expected.ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
        });
    }

    @Override
    public SortedSet<String> names(String prefix) {
        SortedSet<String> names = new TreeSet<>();
        try {
            requests.objects(keys + prefix, object -> {
                String rest = object.key().substring(keys.length());
                if (rest.endsWith(SUFFIX) && SafeNames.isSafe(rest.substring(0, rest.length() - SUFFIX.length()))) {
                    names.add(rest.substring(0, rest.length() - SUFFIX.length()));
                }
            });
        } catch (SdkException e) {
            throw failure("the documents of the journal could not be listed", e);
        }
        return names;
    }

    private JournalException failure(String what, SdkException cause) {
        return new JournalException(bucket.sentence(what, cause), cause);
    }

    private String key(String name) {
        return keys + SafeNames.require("a document's name", name) + SUFFIX;
    }

    private String address(String key) {
        return "s3://" + bucket.name() + "/" + key;
    }

    /** Returns the address of the documents, such as {@code s3://bucket/journal/}. */
    @Override
    public String location() {
        return address(keys);
    }

    @Override
    public String toString() {
        return "S3Journal[" + location() + " at " + bucket.server() + "]";
    }
}
