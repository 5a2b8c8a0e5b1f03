package io.github.spirabr.storage.s3;

import java.util.HashMap;
import java.util.Map;

/** Sets system properties until it is closed. */
final class SystemProperties implements AutoCloseable {

    private final Map<String, String> before = new HashMap<>();

    /** An empty value removes the property. */
    SystemProperties(Map<String, String> values) {
        values.forEach((name, value) -> {
            before.put(name, System.getProperty(name, ""));
            set(name, value);
        });
    }

    private static void set(String name, String value) {
        if (value.isEmpty()) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, value);
        }
    }

    @Override
    public void close() {
        before.forEach(SystemProperties::set);
    }
}
