package io.github.spirabr.core.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The members of an object of JSON by their types; each method fails with an {@link IllegalArgumentException} that says why. */
public final class JsonObject {

    private final String path;
    private final Map<String, Object> members;

    private JsonObject(String path, Map<String, Object> members) {
        this.path = path;
        this.members = members;
    }

    static JsonObject of(String path, Object value) {
        if (!(value instanceof Map<?, ?> object)) {
            throw new IllegalArgumentException((path.isEmpty() ? "it" : path) + " is not an object");
        }
        Map<String, Object> members = new TreeMap<>();
        object.forEach((name, member) -> members.put((String) name, member));
        return new JsonObject(path, members);
    }

    /** Refuses members of other names. */
    public void requireOnly(Set<String> names) {
        members.keySet().stream().filter(name -> !names.contains(name)).findFirst().ifPresent(other -> {
            throw new IllegalArgumentException("it has " + path(other) + ", which is unknown");
        });
    }

    /** Returns whether there is a member of this name. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** Returns a member that is a text. */
    public String text(String name) {
        return member(name, String.class);
    }

    /** Returns a member that is an integer of 64 bits. */
    public long longInteger(String name) {
        return member(name, Long.class);
    }

    /** Returns a member that is an integer of 32 bits. */
    public int integer(String name) {
        return toInt(path(name), longInteger(name));
    }

    /** Returns a member that is true or false. */
    public boolean bool(String name) {
        return member(name, Boolean.class);
    }

    /** Returns a member that is an object. */
    public JsonObject object(String name) {
        return of(path(name), member(name, Object.class));
    }

    /** Returns a list of integers. */
    public List<Integer> integers(String name) {
        return items(name, item -> toInt(path(name), cast(path(name), item, Long.class)));
    }

    /** Returns a list of objects. */
    public <T> List<T> objects(String name, Function<JsonObject, T> reader) {
        return items(name, item -> reader.apply(of(path(name), item)));
    }

    /** Returns all members, which are objects. */
    public <T> SortedMap<String, T> objects(Function<JsonObject, T> reader) {
        SortedMap<String, T> read = new TreeMap<>();
        members.keySet().forEach(name -> read.put(name, reader.apply(object(name))));
        return read;
    }

    /** Returns all members, each of which is a list of objects. */
    public <T> SortedMap<String, List<T>> lists(Function<JsonObject, T> reader) {
        SortedMap<String, List<T>> read = new TreeMap<>();
        members.keySet().forEach(name -> read.put(name, objects(name, reader)));
        return read;
    }

    /** Returns all members, which are texts. */
    public SortedMap<String, String> texts() {
        SortedMap<String, String> read = new TreeMap<>();
        members.keySet().forEach(name -> read.put(name, text(name)));
        return read;
    }

    private <T> List<T> items(String name, Function<Object, T> reader) {
        return ((List<?>) member(name, List.class)).stream().map(item -> reader.apply((Object) item)).toList();
    }

    private <T> T member(String name, Class<T> type) {
        Object member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException("it has no " + path(name));
        }
        return cast(path(name), member, type);
    }

    private static <T> T cast(String path, Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(path + " is of another type");
        }
        return type.cast(value);
    }

    private static int toInt(String path, long value) {
        if (value != (int) value) {
            throw new IllegalArgumentException(path + " is " + value + ", which is too large");
        }
        return (int) value;
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
