package io.github.spirabr.core.component;

import java.util.List;
import java.util.Optional;

/** What answers a reader of {@link Settings}; where there is no default, the setting must be there. */
interface SettingsSource {

    boolean has(String name);

    String text(String name, Optional<String> byDefault);

    boolean truth(String name, Optional<Boolean> byDefault);

    int integer(String name, Optional<Integer> byDefault);

    long longInteger(String name);

    double number(String name, Optional<Double> byDefault);

    double seconds(String name);

    int[] integers(String name);

    List<String> texts(String name, Optional<List<String>> byDefault);

    String choice(String name, List<String> names, Optional<String> byDefault);

    <T> T bound(String name, Class<T> kind);

    <T extends Component> List<T> components(String name, Class<T> port);

    List<String> names(String group);
}
