package io.github.spirabr.core.component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All settings of a component or of a section of a file, in their order. Immutable and thread-safe. */
public final class SettingsDeclaration {

    private final Map<String, Setting> settings = new LinkedHashMap<>();

    private SettingsDeclaration(Stream<Setting> all) {
        all.forEach(one -> {
            if (settings.put(one.name(), one) != null) {
                throw new IllegalArgumentException("the setting '" + one.name() + "' is declared twice; remove one of them");
            }
        });
        settings.values().forEach(one -> one.conditions().forEach((other, values) -> requireValues(one, other, values)));
    }

    private void requireValues(Setting one, String other, Set<String> values) {
        Setting decisive = settings.get(other);
        if (decisive == null || !choices(decisive).containsAll(values)) {
            throw new IllegalArgumentException("the setting '" + one.name() + "' is for '" + other + "' " + values
                    + ", which must be declared as a choice of these or as a truth value; declare it");
        }
    }

    /** Returns the values of a setting on which others may depend. */
    static List<String> choices(Setting setting) {
        return setting.kind() == Setting.Kind.TRUTH ? List.of("true", "false") : setting.choices();
    }

    /**
     * Declares settings.
     *
     * @throws IllegalArgumentException if two have the same name, or one depends on a setting that is not among them
     */
    public static SettingsDeclaration of(Setting... settings) {
        return new SettingsDeclaration(Stream.of(settings));
    }

    /** Returns these settings and more. */
    public SettingsDeclaration and(Setting... more) {
        return new SettingsDeclaration(Stream.concat(settings.values().stream(), Stream.of(more)));
    }

    /** Returns these settings and those of another declaration. */
    public SettingsDeclaration and(SettingsDeclaration more) {
        return new SettingsDeclaration(Stream.concat(settings.values().stream(), more.settings.values().stream()));
    }

    /**
     * Returns these settings as a group that may be left out: {@code patience} becomes {@code earlyStopping.patience}, which
     * must be given only if something of the group is.
     */
    public SettingsDeclaration asOptionalGroup(String group) {
        return new SettingsDeclaration(settings.values().stream().map(one -> one.inOptionalGroup(group)));
    }

    /** Returns all settings in their order. */
    public List<Setting> settings() {
        return List.copyOf(settings.values());
    }

    /**
     * Reads values of these settings. All that are missing, unknown, of the wrong kind or out of range are reported at once;
     * if these are right, the first refusal of the reader.
     *
     * @param path the place of the settings, such as {@code preprocessing.augment[1]}, or empty; part of messages
     * @param values values, by name, each of its own type or its text, as in a properties file. A map is a group, whose settings
     *     have
     *     dotted names: {@code amplitude: {max: 0.2}} and {@code amplitude.max: 0.2} are the same; a list of maps is a group
     *     whose settings have numbers: {@code mix: [{type: mixup}]} and {@code mix.0.type: mixup} are the same
     * @param reader reads every declared setting that applies
     * @throws ComponentException with all faults
     * @throws IllegalStateException if the reader asks for an undeclared setting, or leaves out one that is declared
     */
    public <T> T read(String path, Map<String, ?> values, Function<Settings, T> reader) {
        return read(path, values, Bindings.NONE, null, reader);
    }

    <T> T read(
            String path,
            Map<String, ?> values,
            Bindings bindings,
            @Nullable Components components,
            Function<Settings, T> reader) {
        GivenSettings given = new GivenSettings(this, path, values, bindings, components);
        Settings settings = given.settings();
        T result;
        try {
            result = reader.apply(settings);
        } catch (InvalidSettingException e) {
            throw given.refusal(given.at(e.setting()), given.at(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw given.refusal(path, path.isEmpty() ? e.getMessage() : path + ": " + e.getMessage(), e);
        }
        settings.requireAllRead();
        return result;
    }

    /**
     * Returns the values of these settings in the order in which they are declared, without others.
     *
     * @param values values by the names of their settings
     */
    public Map<String, Object> ordered(Map<String, ?> values) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (Setting setting : settings.values()) {
            Pattern pattern = pattern(setting.name());
            values.keySet().stream().filter(name -> pattern.matcher(name).matches()).sorted()
                    .forEach(name -> ordered.put(name, values.get(name)));
        }
        return ordered;
    }

    /** Finds the setting with this name, in which {@code *} may stand for a part of the setting's name. */
    Optional<Setting> find(String name) {
        Setting exact = settings.get(name);
        return exact != null ? Optional.of(exact) : settings.values().stream()
                .filter(one -> one.hasAnyName() && pattern(one.name()).matcher(name).matches())
                .findFirst();
    }

    /** Returns whether the name is that of a group of settings. */
    boolean isGroup(String name) {
        return settings.values().stream().anyMatch(one -> prefix(one.name(), name));
    }

    private static boolean prefix(String setting, String group) {
        String[] steps = setting.split("\\.");
        String[] groupSteps = group.split("\\.");
        if (groupSteps.length >= steps.length) {
            return false;
        }
        for (int i = 0; i < groupSteps.length; i++) {
            if (!steps[i].equals(Setting.ANY_NAME) && !steps[i].equals(groupSteps[i])) {
                return false;
            }
        }
        return true;
    }

    private static Pattern pattern(String name) {
        List<String> steps = new ArrayList<>();
        for (String step : name.split("\\.")) {
            steps.add(step.equals(Setting.ANY_NAME) ? "[^.]+" : Pattern.quote(step));
        }
        return Pattern.compile(String.join("\\.", steps));
    }

    @Override
    public String toString() {
        return settings.keySet().toString();
    }
}
