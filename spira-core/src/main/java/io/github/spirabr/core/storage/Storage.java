package io.github.spirabr.core.storage;

import io.github.spirabr.core.internal.adapter.ServiceProviders;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Access to the storage modules of the class path. A location is a path of this machine, or an address such as {@code
 * s3://bucket/prefix}.
 */
public final class Storage {

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*", Pattern.DOTALL);
    private static final String PATHS = "file";
    private static final String PATHS_MODULE = "spira-storage-fs";
    private static final Map<String, String> MODULES = Map.of(PATHS, PATHS_MODULE, "s3", "spira-storage-s3");

    private Storage() {}

    /** Returns whether a location is an address and not a path of this machine. */
    public static boolean isAddress(String location) {
        return ADDRESS.matcher(location).matches();
    }

    /**
     * Returns the provider of a location.
     *
     * @throws IllegalArgumentException if no module on the class path provides it; the message names the module
     */
    public static StorageProvider of(String location) {
        String scheme = isAddress(location) ? location.substring(0, location.indexOf(':')) : PATHS;
        List<StorageProvider> known = ServiceProviders.of(StorageProvider.class);
        for (StorageProvider one : known) {
            if (one.scheme().equals(scheme)) {
                return one;
            }
        }
        String module = MODULES.get(scheme);
        if (module != null) {
            throw needs(location, module);
        }
        String schemes = known.stream().map(StorageProvider::scheme).filter(one -> !one.equals(PATHS))
                .map(one -> " and " + one + "://").sorted().collect(Collectors.joining());
        throw new IllegalArgumentException("'" + location + "' needs a module for " + scheme + ":// on the class path; add it, or"
                + " give one of the known locations, which are folders" + schemes);
    }

    /**
     * Returns the reader of manifests.
     *
     * @throws IllegalArgumentException if there is no reader on the class path; the message names the module
     */
    public static ManifestFormat manifests() {
        return ServiceProviders.of(ManifestFormat.class).stream().findFirst()
                .orElseThrow(() -> needs("a manifest", PATHS_MODULE));
    }

    private static IllegalArgumentException needs(String what, String module) {
        return new IllegalArgumentException((isAddress(what) ? "'" + what + "'" : what) + " needs " + module
                + " on the class path; add it, or give another location");
    }

    static IllegalArgumentException unsupported(String what, String location, String advice) {
        return new IllegalArgumentException(what + " at '" + location + "'; " + advice);
    }
}
