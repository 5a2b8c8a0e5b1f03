package io.github.spirabr.core.component;

import static io.github.spirabr.core.component.ComponentException.of;

import io.github.spirabr.core.component.ComponentException.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one component as they are read: every fault names the path of the setting, what was
 * found and what is expected. A value may be of its own type or its text, as in a properties file. A
 * map among the values is a group, whose settings have dotted names: {@code amplitude: {max: 0.2}}
 * and {@code amplitude.max: 0.2} are the same. A list of maps is a group whose settings have numbers: {@code
 * mix: [{type: mixup}]} and {@code mix.0.type: mixup} are the same. Not thread-safe; used by one provider call.
 */
public final class Settings {

    private final SettingsSource source;

    /**
     * Settings to be read by name.
     *
     * @param path where the settings stand, such as {@code preprocessing.augment[1]}; part of messages
     * @param values by name
     * @throws ComponentException if a name has no value, or two
     */
    public Settings(String path, Map<String, ?> values) {
        this(new GivenSettings(path, values, Bindings.NONE, null, false));
    }

    Settings(SettingsSource source) {
        this.source = source;
    }

    /**
     * Reads settings and tells all that are missing, of the wrong type or unknown at once; if these are right, the
     * first value that is refused.
     *
     * @param path where the settings stand, such as {@code preprocessing.augment[1]}, or empty; part of messages
     * @param values by name
     * @param reader asks for every setting that there may be
     * @throws ComponentException with all faults
     */
    public static <T> T read(String path, Map<String, ?> values, Function<Settings, T> reader) {
        return read(path, values, Bindings.NONE, null, reader);
    }

    static <T> T read(
            String path,
            Map<String, ?> values,
            Bindings bindings,
            @Nullable Components components,
            Function<Settings, T> reader) {
        GivenSettings given = new GivenSettings(path, values, bindings, components, true);
        T result;
        try {
            result = reader.apply(new Settings(given));
        } catch (InvalidSettingException e) {
            throw failure(given, new Fault(given.at(e.setting()), given.at(e.getMessage())), e);
        } catch (IllegalArgumentException e) {
            throw failure(given, new Fault(path, path + ": " + e.getMessage()), e);
        } catch (ComponentException e) {
            throw given.faults().isEmpty() ? e : of(given.faults(), e);
        }
        given.refuseUnknown();
        return result;
    }

    /** What was read wrongly comes first: a refusal may only follow from it. */
    private static ComponentException failure(GivenSettings given, Fault refusal, RuntimeException cause) {
        return of(given.faults().isEmpty() ? List.of(refusal) : given.faults(), cause);
    }

    /** Whether {@code name} is given, so that a default is not needed. */
    public boolean has(String name) {
        return source.has(name);
    }

    /** The text {@code name}, which must be there. */
    public String string(String name) {
        return source.text(name, Optional.empty());
    }

    /** The text {@code name}, or the default. */
    public String string(String name, String byDefault) {
        return source.text(name, Optional.of(byDefault));
    }

    /** The truth value {@code name}, which must be there. */
    public boolean bool(String name) {
        return source.truth(name, Optional.empty());
    }

    /** The truth value {@code name}, or the default. */
    public boolean bool(String name, boolean byDefault) {
        return source.truth(name, Optional.of(byDefault));
    }

    /** The integer {@code name}, which must be there and fit 32 bits. */
    public int integer(String name) {
        return source.integer(name, Optional.empty());
    }

    /** The integer {@code name}, which must fit 32 bits, or the default. */
    public int integer(String name, int byDefault) {
        return source.integer(name, Optional.of(byDefault));
    }

    /** The integer {@code name}, which must be there and fit 64 bits, such as a seed. */
    public long longInteger(String name) {
        return source.longInteger(name);
    }

    /** The number {@code name}, which must be there and be finite. */
    public double number(String name) {
        return source.number(name, Optional.empty());
    }

    /** The number {@code name}, which must be finite, or the default. */
    public double number(String name, double byDefault) {
        return source.number(name, Optional.of(byDefault));
    }

    /** The time {@code name}, which must be there: a number of seconds, rounded to nanoseconds. */
    public Duration seconds(String name) {
        return Duration.ofNanos(Math.round(source.seconds(name) * 1e9));
    }

    /** The list of integers {@code name}, which must be there; as text, separated by commas. */
    public int[] integers(String name) {
        return source.integers(name);
    }

    /** The list of texts {@code name}, which must be there; as text, separated by commas. */
    public List<String> strings(String name) {
        return source.texts(name, Optional.empty());
    }

    /** The list of texts {@code name}, or the default; as text, separated by commas. */
    public List<String> strings(String name, List<String> byDefault) {
        return source.texts(name, Optional.of(byDefault));
    }

    /** One of the constants of an enum, written in lower case with hyphens, which must be there. */
    public <E extends Enum<E>> E choice(String name, Class<E> kind) {
        List<String> names = Arrays.stream(kind.getEnumConstants()).map(Settings::nameOf).toList();
        return kind.getEnumConstants()[names.indexOf(source.choice(name, names, Optional.empty()))];
    }

    /** One of the constants of an enum, written in lower case with hyphens, or the default. */
    public <E extends Enum<E>> E choice(String name, Class<E> kind, E byDefault) {
        List<String> names = Arrays.stream(kind.getEnumConstants()).map(Settings::nameOf).toList();
        return kind.getEnumConstants()[names.indexOf(source.choice(name, names, Optional.of(nameOf(byDefault))))];
    }

    /**
     * One of these texts, or the default.
     *
     * @param known at least one, the default among them
     */
    public String choice(String name, List<String> known, String byDefault) {
        return source.choice(name, known, Optional.of(byDefault));
    }

    /** How settings write a constant: lower case with hyphens. */
    public static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The value that the application gave by {@link Components#bind} under the name that setting {@code
     * name} holds.
     *
     * @param kind what the value must be
     */
    public <T> T bound(String name, Class<T> kind) {
        return source.bound(name, kind);
    }

    /**
     * The components of the list {@code name}, each a type and its settings; empty if there is none.
     *
     * @param port what each of them must implement
     * @throws ComponentException if a type is unknown, or one of its settings wrong
     */
    public <T extends Component> List<T> components(String name, Class<T> port) {
        return source.components(name, port);
    }

    /** The names of the groups and settings right below {@code group}, in their order; empty if there are none. */
    public List<String> names(String group) {
        return source.names(group);
    }
}
