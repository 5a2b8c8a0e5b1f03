package io.github.spirabr.storage.s3;

import io.github.spirabr.core.SafeNames;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.registry.AbstractModelRepository;
import io.github.spirabr.core.registry.FileDigest;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelCatalog;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A model registry in a bucket of AWS S3 or of a server that speaks its protocol.
 *
 * <p>The files of an artifact are objects {@code PREFIX/NAME/objects/SHA256}, shared by the versions
 * that have them in common; a version is its manifest {@code PREFIX/NAME/versions/000001.json}, which
 * is written last, and only if there is none ({@code If-None-Match: *}). So a version is there whole
 * or not at all, no number is given twice, and any number of threads and processes may save and load.
 * Aliases with their histories, tags, and which versions were deleted, are in {@code
 * PREFIX/NAME/catalog.json}, which is replaced only if it is still the one that was read ({@code
 * If-Match}). Of a deleted version a mark stays in the place of its manifest, so that its number is not
 * given again; {@link #clean} removes the objects that no version names any more.
 *
 * <p>The server must keep conditional writes; AWS does since 2024. One that ignores them is refused by
 * the first save or promotion. Credentials come from the SDK's default chain only: environment, system
 * properties, profile, container or machine. They need {@code s3:ListBucket}, {@code s3:GetObject} and
 * {@code s3:PutObject}, and for cleaning {@code s3:DeleteObject}.
 */
public final class S3ModelRepository extends AbstractModelRepository implements AutoCloseable, Described {

    private final S3Connection connection;
    private final boolean ownsConnection;
    private final S3Client client;
    private final SmallObjects objects;
    private final Bucket bucket;
    private final RegistryKeys keys;
    private final VersionObjects stored;
    private final ConditionalWrites conditions;

    private S3ModelRepository(S3Connection connection, boolean ownsConnection, String prefix, Clock clock) {
        super(clock);
        this.connection = connection;
        this.ownsConnection = ownsConnection;
        this.client = connection.client();
        this.bucket = connection.bucket();
        this.objects = new SmallObjects(client, bucket.name());
        this.keys = new RegistryKeys(bucket.name(), prefix);
        this.stored = new VersionObjects(client, objects, keys);
        this.conditions = new ConditionalWrites(client, objects, bucket, keys.key(""));
    }

    /**
     * A registry that uses an existing client, which {@link #close()} leaves open; timeouts, retries and
     * credentials are the client's.
     *
     * @param client thread-safe, as all clients of the SDK are
     * @param bucket its name
     * @param prefix of all keys, such as {@code models}; empty for none
     * @throws IllegalArgumentException if bucket or prefix cannot be one
     */
    public static S3ModelRepository of(S3Client client, String bucket, String prefix) {
        return of(S3Connection.of(client, bucket), prefix);
    }

    /**
     * A registry that uses an existing connection, which {@link #close()} leaves open.
     *
     * @param prefix of all keys, such as {@code models}; empty for none
     * @throws IllegalArgumentException if the prefix cannot be one
     */
    public static S3ModelRepository of(S3Connection connection, String prefix) {
        return new S3ModelRepository(connection, false, Bucket.requirePrefix(prefix), Clock.systemUTC());
    }

    /** A registry with a client of its own; only the bucket must be set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * @throws ModelRepositoryException if bucket or credentials are missing or refused, the server does
     *     not answer, or it ignores conditional writes; then nothing is visible, though objects that no
     *     version names may be left. Only if the connection is lost for good while the manifest is written
     *     may the version be there after all, whole
     */
    @Override
    protected ModelVersion store(String name, ModelArtifact artifact) {
        VersionManifest manifest = VersionManifest.of(artifact);
        try {
            conditions.requireReplacements();
            stored.upload(name, artifact, manifest);
            SortedSet<Integer> taken = list(name);
            int highest = Math.max(catalogObject(name).read().highest(), taken.isEmpty() ? 0 : taken.last());
            return stored.claim(new ModelVersion(name, highest + 1), manifest);
        } catch (SdkException e) {
            throw bucket.failure("model " + name + " cannot be saved", e);
        }
    }

    @Override
    protected ModelArtifact read(ModelVersion version) {
        try {
            return stored.read(version, manifest(version));
        } catch (SdkException e) {
            throw bucket.failure(version + " cannot be read", e);
        }
    }

    @Override
    protected SortedMap<String, FileDigest> files(ModelVersion version) {
        try {
            return manifest(version).files();
        } catch (SdkException e) {
            throw bucket.failure(version + " cannot be read", e);
        }
    }

    private VersionManifest manifest(ModelVersion version) {
        try {
            return stored.manifest(version);
        } catch (NoSuchKeyException e) {
            throw new ModelRepositoryException("there is no " + version + " in " + keys.address(keys.key("")) + "; "
                    + latest(version.name())
                            .map(newest -> "the newest is version " + newest.number())
                            .orElse("no version of this model was saved there"), e);
        }
    }

    @Override
    protected SortedSet<Integer> numbers(String name) {
        try {
            return list(name);
        } catch (SdkException e) {
            throw bucket.failure("the versions of model " + name + " cannot be listed", e);
        }
    }

    private SortedSet<Integer> list(String name) {
        String folder = keys.manifests(name);
        SortedSet<Integer> numbers = new TreeSet<>();
        for (S3Object object : listed(folder)) {
            String file = object.key().substring(folder.length());
            if (file.matches("[0-9]{6,9}\\.json")) {
                numbers.add(Integer.valueOf(file.substring(0, file.length() - ".json".length())));
            }
        }
        numbers.remove(0);
        return numbers;
    }

    private Iterable<S3Object> listed(String folder) {
        return client.listObjectsV2Paginator(request -> request.bucket(bucket.name()).prefix(folder)).contents();
    }

    @Override
    public SortedSet<String> names() {
        String folder = keys.key("");
        SortedSet<String> names = new TreeSet<>();
        try {
            client.listObjectsV2Paginator(request -> request.bucket(bucket.name()).prefix(folder).delimiter("/"))
                    .commonPrefixes().stream()
                    .map(common -> common.prefix().substring(folder.length(), common.prefix().length() - 1))
                    .filter(SafeNames::isSafe)
                    .filter(name -> !versions(name).isEmpty())
                    .forEach(names::add);
        } catch (SdkException e) {
            throw bucket.failure("the models under '" + folder + "' cannot be listed", e);
        }
        return names;
    }

    @Override
    protected ModelCatalog catalog(String name) {
        try {
            return catalogObject(name).read();
        } catch (SdkException e) {
            throw bucket.failure("the aliases of model " + name + " cannot be read", e);
        }
    }

    @Override
    protected ModelCatalog change(String name, UnaryOperator<ModelCatalog> change) {
        try {
            conditions.requireReplacements();
            return catalogObject(name).change(change);
        } catch (SdkException e) {
            throw bucket.failure("the aliases of model " + name + " cannot be changed", e);
        }
    }

    private CatalogObject catalogObject(String name) {
        return new CatalogObject(objects, bucket, name, keys.catalog(name));
    }

    @Override
    protected void erase(ModelVersion version) {
        try {
            stored.erase(version);
        } catch (SdkException e) {
            throw bucket.failure(version + " was deleted, but its manifest cannot be marked", e);
        }
    }

    /** Removes the objects of saves that were broken off and of deleted versions. */
    @Override
    protected int removeDrafts(String name, Instant before) {
        try {
            // Objects first: one that a version of later names was put again, and is young.
            SortedSet<String> old = new TreeSet<>();
            for (S3Object object : listed(keys.files(name))) {
                if (object.lastModified().isBefore(before)) {
                    old.add(object.key());
                }
            }
            if (!old.isEmpty()) {
                versions(name).forEach(version -> manifest(version).files().values()
                        .forEach(file -> old.remove(keys.file(name, file))));
            }
            old.removeIf(key -> !isOld(key, before));
            old.forEach(key -> client.deleteObject(request -> request.bucket(bucket.name()).key(key)));
            return old.size();
        } catch (SdkException e) {
            throw bucket.failure("what is left of model " + name + " cannot be removed", e);
        }
    }

    /** Asked just before it is removed, because a save may have put it again. */
    private boolean isOld(String key, Instant before) {
        try {
            return client.headObject(request -> request.bucket(bucket.name()).key(key)).lastModified().isBefore(before);
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    /** The address of the version's manifest, such as {@code s3://bucket/models/name/versions/000001.json}. */
    @Override
    public ComponentDescription description() {
        return new ComponentDescription("models", Map.of("location", keys.address(keys.key("")).replaceFirst("/$", "")));
    }

    @Override
    public String location(ModelVersion version) {
        return keys.address(keys.manifest(version));
    }

    /** Closes the connection, if this registry built it. */
    @Override
    public void close() {
        if (ownsConnection) {
            connection.close();
        }
    }

    @Override
    public String toString() {
        return "S3ModelRepository[" + keys.address(keys.prefix()) + " at " + bucket.server() + "]";
    }

    /** Settings of an {@link S3ModelRepository}. Not thread-safe. */
    public static final class Builder {

        private final S3Connection.Builder connection = S3Connection.builder();
        private String prefix = "";
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** The bucket's name; required. */
        public Builder bucket(String name) {
            connection.bucket(name);
            return this;
        }

        /** Prefix of all keys, such as {@code models}; default none. */
        public Builder prefix(String keyPrefix) {
            this.prefix = Bucket.requirePrefix(keyPrefix);
            return this;
        }

        /** See {@link S3Connection.Builder#endpoint}. */
        public Builder endpoint(URI server) {
            connection.endpoint(server);
            return this;
        }

        /** See {@link S3Connection.Builder#region}. */
        public Builder region(String id) {
            connection.region(id);
            return this;
        }

        /** See {@link S3Connection.Builder#pathStyle}. */
        public Builder pathStyle(boolean inPath) {
            connection.pathStyle(inPath);
            return this;
        }

        /** Tells the time of an alias's move, and how old a draft is; default the system's. */
        public Builder clock(Clock source) {
            this.clock = source;
            return this;
        }

        /**
         * The registry; nothing is asked of the server yet.
         *
         * @throws IllegalArgumentException if no bucket was set
         * @throws ModelRepositoryException if no region was set, and none is found
         */
        public S3ModelRepository build() {
            return new S3ModelRepository(connection.build(), true, prefix, clock);
        }
    }
}
