package io.github.spirabr.storage.s3;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.internal.adapter.SafeNames;
import io.github.spirabr.core.registry.AbstractModelRepository;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelCatalog;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.registry.VersionManifest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * A model registry in a bucket of AWS S3 or of a server that speaks its protocol.
 *
 * <p>The files of an artifact are objects {@code PREFIX/NAME/objects/SHA256}, shared by the versions
 * that have them in common; a version is its manifest {@code PREFIX/NAME/versions/000001.json}, which
 * is written last, and only if there is none ({@code If-None-Match: *}). So a version is there whole
 * or not at all, no number is given twice, and any number of threads and processes may save and load.
 * Aliases with their histories and the digests of their versions, tags, the deleted versions, and the highest number that
 * was given are in {@code PREFIX/NAME/catalog.json}, which is replaced only if it is still the one that was read ({@code
 * If-Match}). A mark stays in the place of the manifest of a deleted version, so that its number is not
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
    private final BucketRequests requests;
    private final Bucket bucket;
    private final RegistryKeys keys;
    private final VersionObjects stored;
    private final ConditionalWrites conditions;

    private S3ModelRepository(S3Connection connection, boolean ownsConnection, String prefix, Clock clock) {
        super(clock);
        this.connection = connection;
        this.ownsConnection = ownsConnection;
        this.requests = connection.requests();
        this.bucket = connection.bucket();
        this.keys = new RegistryKeys(bucket.name(), prefix);
        this.stored = new VersionObjects(requests, keys);
        this.conditions = new ConditionalWrites(requests, bucket, keys.key(""));
    }

    /**
     * Returns a registry that uses an existing client, which {@link #close()} leaves open; see
     * {@link S3Connection#of(S3Client, String)}.
     *
     * @param client thread-safe, as all clients of the SDK are
     * @param bucket the bucket's name
     * @param prefix prefix of all keys, such as {@code models}; empty for none
     * @throws IllegalArgumentException if bucket or prefix is invalid
     */
    public static S3ModelRepository of(S3Client client, String bucket, String prefix) {
        return of(S3Connection.of(client, bucket), prefix);
    }

    /**
     * Returns a registry that uses an existing connection, which {@link #close()} leaves open.
     *
     * @param prefix prefix of all keys, such as {@code models}; empty for none
     * @throws IllegalArgumentException if the prefix is invalid
     */
    public static S3ModelRepository of(S3Connection connection, String prefix) {
        return of(connection, prefix, Clock.systemUTC());
    }

    static S3ModelRepository of(S3Connection connection, String prefix, Clock clock) {
        return new S3ModelRepository(connection, false, Bucket.requirePrefix(prefix), clock);
    }

    /** Returns the settings of a registry with a client of its own; only the bucket must be set. */
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
    protected ModelVersion store(String name, ModelArtifact artifact, Predicate<ModelVersion> same) {
        try {
            conditions.requireReplacements();
            stored.upload(name, artifact);
            int begun = catalogObject(name).change(ModelCatalog::begin).highest();
            SortedSet<Integer> taken = list(name);
            // A listing may be older than the catalog.
            IntStream.rangeClosed(1, begun).forEach(taken::add);
            Optional<ModelVersion> there = same(name, taken, same);
            return there.isPresent() ? there.get()
                    : stored.claim(new ModelVersion(name, taken.isEmpty() ? 1 : taken.last() + 1), artifact, same);
        } catch (SdkException e) {
            throw bucket.failure("model " + name + " could not be saved", e);
        }
    }

    /** Returns the time at which the version's manifest was written. */
    @Override
    public Optional<Instant> savedAt(ModelVersion version) {
        String manifest = keys.manifest(version);
        List<Instant> found = new ArrayList<>();
        try {
            requests.objects(manifest, object -> found.add(object.lastModified()));
        } catch (SdkException e) {
            throw bucket.failure(version + " could not be read", e);
        }
        return found.stream().findFirst();
    }

    /** Writes the small object by which the server's conditional writes are checked. */
    @Override
    public void requireWritable() {
        try {
            conditions.requireReplacements();
        } catch (SdkException e) {
            throw bucket.failure("models could not be saved in " + keys.address(keys.key("")), e);
        }
    }

    @Override
    protected ModelArtifact read(ModelVersion version) {
        try {
            return stored.read(version, storedManifest(version));
        } catch (SdkException e) {
            throw bucket.failure(version + " could not be read", e);
        }
    }

    @Override
    protected VersionManifest manifest(ModelVersion version) {
        try {
            return storedManifest(version);
        } catch (SdkException e) {
            throw bucket.failure(version + " could not be read", e);
        }
    }

    private VersionManifest storedManifest(ModelVersion version) {
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
            throw bucket.failure("the versions of model " + name + " could not be listed", e);
        }
    }

    private SortedSet<Integer> list(String name) {
        String folder = keys.manifests(name);
        SortedSet<Integer> numbers = new TreeSet<>();
        requests.objects(folder, object -> {
            String file = object.key().substring(folder.length());
            if (file.matches("[0-9]{6,9}\\.json")) {
                numbers.add(Integer.valueOf(file.substring(0, file.length() - ".json".length())));
            }
        });
        numbers.remove(0);
        return numbers;
    }

    @Override
    public SortedSet<String> names() {
        String folder = keys.key("");
        SortedSet<String> names = new TreeSet<>();
        try {
            requests.folders(folder).stream()
                    .filter(SafeNames::isSafe)
                    .filter(name -> isListed(name))
                    .forEach(names::add);
        } catch (SdkException e) {
            throw bucket.failure("the models under '" + folder + "' could not be listed", e);
        }
        return names;
    }

    @Override
    protected ModelCatalog catalog(String name) {
        try {
            return catalogObject(name).read();
        } catch (SdkException e) {
            throw bucket.failure("the aliases of model " + name + " could not be read", e);
        }
    }

    @Override
    protected ModelCatalog change(String name, UnaryOperator<ModelCatalog> change) {
        try {
            conditions.requireReplacements();
            return catalogObject(name).change(change);
        } catch (SdkException e) {
            throw bucket.failure("the aliases of model " + name + " could not be changed", e);
        }
    }

    private CatalogObject catalogObject(String name) {
        return new CatalogObject(requests, bucket, name, keys.catalog(name), again -> missingCatalog(name, again));
    }

    /** Keeps the bytes of a damaged catalog in {@code catalog.json.damaged}. */
    @Override
    protected void replaceCatalog(String name, ModelCatalog catalog) {
        try {
            catalogObject(name).replace(catalog);
        } catch (SdkException e) {
            throw bucket.failure("the catalog of model " + name + " could not be replaced", e);
        }
    }

    @Override
    protected boolean isErased(ModelVersion version) {
        try {
            return stored.isErased(version);
        } catch (SdkException e) {
            throw bucket.failure(version + " could not be read", e);
        }
    }

    @Override
    protected void erase(ModelVersion version) {
        try {
            stored.erase(version);
        } catch (SdkException e) {
            throw bucket.failure(version + " was deleted, but its manifest could not be marked", e);
        }
    }

    /**
     * Removes the objects of interrupted saves and of deleted versions. Refuses while a version that the catalog knows
     * cannot be seen.
     */
    @Override
    protected int removeDrafts(String name, Instant before) {
        try {
            // Objects first: one that a version of later names was put again, and is young.
            SortedSet<String> old = new TreeSet<>();
            requests.objects(keys.files(name), object -> {
                if (object.lastModified().isBefore(before)) {
                    old.add(object.key());
                }
            });
            if (!old.isEmpty()) {
                old.removeAll(namedFiles(name));
            }
            old.removeIf(key -> !isOld(key, before));
            old.forEach(requests::delete);
            return old.size();
        } catch (SdkException e) {
            throw bucket.failure("the drafts of model " + name + " could not be removed", e);
        }
    }

    /**
     * Returns the keys of the files of all versions. A listing may be older than the versions: those that the catalog knows
     * are asked for by their numbers.
     */
    private Set<String> namedFiles(String name) {
        ModelCatalog catalog = catalog(name);
        SortedSet<Integer> listed = list(name);
        SortedSet<Integer> numbers = new TreeSet<>(listed);
        IntStream.rangeClosed(1, catalog.highest()).forEach(numbers::add);
        numbers.removeAll(catalog.deleted());
        Set<String> files = new HashSet<>();
        for (int number : numbers) {
            ModelVersion version = new ModelVersion(name, number);
            Optional<VersionManifest> manifest = undeleted(version);
            if (manifest.isPresent() && !listed.contains(number)) {
                throw uncleaned(version + " is missing in the listing of the versions; try again later");
            }
            boolean known = listed.contains(number) || catalog.named().contains(number);
            if (manifest.isEmpty() && known && !catalog(name).deleted().contains(number)) {
                throw uncleaned(version + " has an alias, a tag or a place in the listing, but no manifest at "
                        + location(version) + "; restore that object from a backup, or delete the version");
            }
            manifest.ifPresent(each -> each.files().values().forEach(file -> files.add(keys.file(name, file))));
        }
        return files;
    }

    /** Returns the manifest of a version; empty if it was removed by hand, or deleted in the meantime. */
    private Optional<VersionManifest> undeleted(ModelVersion version) {
        try {
            return Optional.of(stored.manifest(version));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (ModelRepositoryException e) {
            if (catalog(version.name()).deleted().contains(version.number())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static ModelRepositoryException uncleaned(String reason) {
        return new ModelRepositoryException("nothing was cleaned, because " + reason);
    }

    /** Asks for the age just before the removal, because a save may have put the object again. */
    private boolean isOld(String key, Instant before) {
        try {
            return requests.head(key).lastModified().isBefore(before);
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    /** Returns the address of the version's manifest, such as {@code s3://bucket/models/name/versions/000001.json}. */
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

        /** Sets the bucket's name; required. */
        public Builder bucket(String name) {
            connection.bucket(name);
            return this;
        }

        /** Sets the prefix of all keys, such as {@code models}; default none. */
        public Builder prefix(String keyPrefix) {
            this.prefix = Bucket.requirePrefix(keyPrefix);
            return this;
        }

        /** Sets the server, see {@link S3Connection.Builder#endpoint}. */
        public Builder endpoint(URI server) {
            connection.endpoint(server);
            return this;
        }

        /** Sets the region, see {@link S3Connection.Builder#region}. */
        public Builder region(String id) {
            connection.region(id);
            return this;
        }

        /** Sets the place of the bucket's name, see {@link S3Connection.Builder#pathStyle}. */
        public Builder pathStyle(boolean inPath) {
            connection.pathStyle(inPath);
            return this;
        }

        /** Sets the clock for the times of aliases' moves and the ages of drafts; default the system's. */
        public Builder clock(Clock source) {
            this.clock = source;
            return this;
        }

        /**
         * Returns the registry; nothing is requested yet.
         *
         * @throws IllegalArgumentException if no bucket was set
         * @throws ModelRepositoryException if no region was set, and none is found
         */
        public S3ModelRepository build() {
            return new S3ModelRepository(connection.build(), true, prefix, clock);
        }
    }
}
