package io.github.spirabr.core.component;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Values that settings can only name, by kind and name. Immutable. */
final class Bindings {

    static final Bindings NONE = new Bindings(Map.of());

    private record Key(Class<?> kind, String name) {}

    private final Map<Key, Object> values;

    private Bindings(Map<Key, Object> values) {
        this.values = values;
    }

    Bindings with(Class<?> kind, String name, Object value) {
        Map<Key, Object> more = new HashMap<>(values);
        if (more.put(new Key(kind, name), value) != null) {
            throw new ComponentException("two " + kind.getSimpleName() + " are called '" + name + "'; rename one of them");
        }
        return new Bindings(Map.copyOf(more));
    }

    /** Returns the value, or null. */
    @Nullable Object get(Class<?> kind, String name) {
        return values.get(new Key(kind, name));
    }

    Set<String> names(Class<?> kind) {
        Set<String> names = new TreeSet<>();
        values.keySet().stream().filter(key -> key.kind() == kind).forEach(key -> names.add(key.name()));
        return names;
    }
}
