package io.github.spirabr.core.component;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which settings somebody reads: their names, kinds and defaults, and which of them must be given. It is found by running
 * the reader with stand-ins for values, once for each way that its questions may be answered, so that whoever writes a
 * {@link ComponentProvider} declares nothing twice. What a reader asks only for certain numbers or texts stays unseen; for
 * texts that decide on others, it should use {@link Settings#choice(String, List, String)}. Immutable.
 *
 * @param settings in the order in which they were first asked for
 * @param complete whether the reader came to its end for some stand-ins; otherwise there may be more settings
 */
public record SettingsOutline(List<Setting> settings, boolean complete) {

    /** Copies the list. */
    public SettingsOutline {
        settings = List.copyOf(settings);
    }

    /** What a value must be. */
    public enum Kind {
        /** Any text. */
        TEXT,
        /** True or false. */
        TRUTH,
        /** An integer of 32 bits. */
        INTEGER,
        /** An integer of 64 bits. */
        LONG_INTEGER,
        /** A finite number. */
        NUMBER,
        /** A number of seconds. */
        SECONDS,
        /** One of some texts. */
        CHOICE,
        /** A list of integers. */
        INTEGERS,
        /** A list of texts. */
        TEXTS,
        /** A list of components. */
        COMPONENTS,
        /** The name of a value that the application has bound. */
        BOUND,
        /** Asked for by {@link Settings#has} alone. */
        UNKNOWN
    }

    /**
     * One setting.
     *
     * @param name dotted where it lies in a group; {@code *} stands for each name that a group may have
     * @param kind what its value must be
     * @param choices what the value may be, for {@link Kind#CHOICE}; empty otherwise
     * @param port what components must implement, or what a bound value must be
     * @param byDefault the value where it is not given, if there is one that depends on no other setting
     * @param needed whether it must be given, when the conditions hold
     * @param within the group that makes it needed by being there: {@code earlyStopping}; empty if it is needed anyway
     * @param conditions the values of other settings for which it is asked at all; empty for any
     */
    public record Setting(
            String name,
            Kind kind,
            List<String> choices,
            Optional<Class<?>> port,
            Optional<Object> byDefault,
            boolean needed,
            String within,
            Map<String, Condition> conditions) {

        /** Copies lists and maps. */
        public Setting {
            choices = List.copyOf(choices);
            conditions = Map.copyOf(conditions);
        }
    }

    /**
     * What another setting must be.
     *
     * @param values any of these texts or truth values, as text
     * @param others the values that it may not have
     * @param byDefault whether the other setting fulfils it when it is not given
     */
    public record Condition(Set<String> values, Set<String> others, boolean byDefault) {

        /** Copies the sets. */
        public Condition {
            values = Set.copyOf(values);
            others = Set.copyOf(others);
        }
    }

    /**
     * Runs a reader of settings with stand-ins.
     *
     * @param reader asks for every setting that there may be; called many times, what it makes is thrown away
     */
    public static SettingsOutline of(Function<Settings, ?> reader) {
        return SettingsExplorer.explore(reader, Bindings.NONE);
    }

    /** The names, without those of groups. */
    Set<String> names() {
        return settings.stream().map(Setting::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
