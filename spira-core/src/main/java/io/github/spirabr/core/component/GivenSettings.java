package io.github.spirabr.core.component;

import static io.github.spirabr.core.component.ComponentException.of;

import io.github.spirabr.core.component.ComponentException.Fault;
import io.github.spirabr.core.internal.adapter.Spelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A comparison of given settings with declared ones, which reports all faults. For one thread. */
final class GivenSettings {

    private static final String TYPE = "type";

    private final SettingsDeclaration declaration;
    private final String path;
    private final Bindings bindings;
    private final @Nullable Components components;
    /** The given values. */
    private final Map<String, Object> raw = new LinkedHashMap<>();
    /** The values, converted to the declared kinds. */
    private final Map<String, Object> values = new LinkedHashMap<>();
    /** Faults of single settings, by their names. */
    private final Map<String, List<Fault>> faults = new LinkedHashMap<>();
    /** Names of settings that apply, given or not. */
    private final List<String> due = new ArrayList<>();
    /** Names that are given and not declared. */
    private final Set<String> unknown = new TreeSet<>();
    /** Misspelt names that a fault has reported already. */
    private final Set<String> reported = new HashSet<>();

    /**
     * Creates an instance.
     *
     * @param path the place of the settings, or empty; part of messages
     */
    GivenSettings(
            SettingsDeclaration declaration,
            String path,
            Map<String, ?> given,
            Bindings bindings,
            @Nullable Components components) {
        this.declaration = declaration;
        this.path = path;
        this.bindings = bindings;
        this.components = components;
        flatten("", given);
        raw.keySet().stream().filter(name -> !isDeclared(name)).forEach(unknown::add);
    }

    private void flatten(String prefix, Map<?, ?> group) {
        group.forEach((key, value) -> {
            String name = prefix + key;
            if (value == null) {
                fault(name, "has no value; give it one or remove the line");
            } else if (value instanceof Map<?, ?> inner) {
                flatten(name + ".", inner);
            } else if (value instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(Map.class::isInstance)) {
                for (int i = 0; i < list.size(); i++) {
                    flatten(name + "." + i + ".", (Map<?, ?>) list.get(i));
                }
            } else if (raw.put(name, value) != null) {
                fault(name, "is given twice; remove one of them");
            }
        });
    }

    private boolean isDeclared(String name) {
        return declaration.find(name).isPresent() || declaration.settings().stream()
                .anyMatch(one -> isOfParts(one) && name.startsWith(one.name() + "."));
    }

    private static boolean isOfParts(Setting setting) {
        return setting.kind() == Setting.Kind.COMPONENTS || setting.kind() == Setting.Kind.COMPONENT;
    }

    private boolean isGiven(Setting setting, String name) {
        return raw.containsKey(name) || setting.kind() == Setting.Kind.COMPONENT && !below(name).isEmpty();
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /**
     * Checks all settings.
     *
     * @throws ComponentException with all faults
     */
    Settings settings() {
        List<Setting> all = declaration.settings();
        all.forEach(setting -> names(setting).forEach(name -> parse(setting, name)));
        all.forEach(setting -> names(setting).forEach(name -> place(setting, name)));
        List<Fault> found = new ArrayList<>();
        all.forEach(setting -> names(setting).forEach(name ->
                Optional.ofNullable(faults.remove(name)).ifPresent(found::addAll)));
        faults.values().forEach(found::addAll);
        Set<String> known = known();
        unknown.stream().filter(name -> !reported.contains(name)).map(name -> unknown(name, known)).forEach(found::add);
        if (!found.isEmpty()) {
            throw of(found, null);
        }
        return new Settings(declaration, path, values, groups(), due);
    }

    ComponentException refusal(String setting, String sentence, RuntimeException cause) {
        return of(List.of(new Fault(setting, sentence)), cause);
    }

    /** Returns the names for which a setting stands; several where it lies in groups of any name. */
    private List<String> names(Setting setting) {
        if (!setting.hasAnyName()) {
            return List.of(setting.name());
        }
        int star = setting.name().indexOf(Setting.ANY_NAME);
        String prefix = setting.name().substring(0, star);
        String rest = setting.name().substring(star + 1);
        return raw.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> prefix + name.substring(prefix.length()).split("\\.")[0] + rest)
                .distinct()
                .toList();
    }

    private void parse(Setting setting, String name) {
        if (setting.kind() == Setting.Kind.COMPONENTS) {
            values.put(name, parts(setting, name));
        } else if (setting.kind() == Setting.Kind.COMPONENT) {
            if (raw.containsKey(name)) {
                fault(name, "must be a part, such as {type: TYPE}, but was " + raw.get(name));
            } else if (isGiven(setting, name)) {
                part(setting, name, name, at(name)).ifPresent(made -> values.put(name, made));
            }
        } else if (raw.containsKey(name)) {
            try {
                Object parsed = setting.parse(name, raw.get(name));
                values.put(name, setting.kind() == Setting.Kind.BOUND ? bound(setting, name, parsed.toString()) : parsed);
            } catch (InvalidSettingException e) {
                faults.computeIfAbsent(name, any -> new ArrayList<>()).add(new Fault(at(e.setting()), at(e.getMessage())));
            }
        }
    }

    private Object bound(Setting setting, String name, String wanted) {
        Class<?> kind = setting.port().orElseThrow();
        Object value = bindings.get(kind, wanted);
        if (value == null) {
            Set<String> names = bindings.names(kind);
            throw new InvalidSettingException(name, "no " + kind.getSimpleName() + " is called '" + wanted + "'; known are "
                    + names + suggestion(wanted, names));
        }
        return value;
    }

    private List<Component> parts(Setting setting, String name) {
        if (raw.containsKey(name) && !raw.get(name).equals(List.of())) {
            fault(name, "must be a list of parts, but was " + raw.get(name));
        }
        List<Component> made = new ArrayList<>();
        for (String number : below(name)) {
            part(setting, name, name + "." + number, at(name) + "[" + number + "]").ifPresent(made::add);
        }
        return made;
    }

    /**
     * Makes a part from the settings below a group; empty if it has faults, which are those of the setting.
     *
     * @param place the part's path, for messages
     */
    private Optional<Component> part(Setting setting, String name, String group, String place) {
        Map<String, Object> own = new LinkedHashMap<>();
        raw.forEach((key, value) -> {
            if (key.startsWith(group + ".")) {
                own.put(key.substring(group.length() + 1), value);
            }
        });
        Object type = own.remove(TYPE);
        if (type == null) {
            fault(name, place + "." + TYPE, "is missing; it names the kind of part");
            return Optional.empty();
        }
        Components all = components == null ? Components.discover() : components;
        try {
            return Optional.of(all.create(setting.port().orElseThrow().asSubclass(Component.class), place,
                    new ComponentDescription(type.toString(), own)));
        } catch (ComponentException e) {
            faults.computeIfAbsent(name, any -> new ArrayList<>()).addAll(e.faults());
            return Optional.empty();
        }
    }

    private Set<String> below(String group) {
        String prefix = group + ".";
        return raw.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()).split("\\.")[0])
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Refuses a setting that is given where it does not belong, and misses one that does. */
    private void place(Setting setting, String name) {
        for (Map.Entry<String, Set<String>> condition : setting.conditions().entrySet()) {
            String other = condition.getKey();
            String value = value(other);
            if (value.isEmpty()) {
                return;
            }
            if (!condition.getValue().contains(value)) {
                if (isGiven(setting, name)) {
                    fault(name, "is only for " + other + " " + String.join(" or ", condition.getValue()) + ", but " + other
                            + " is " + value + "; remove it, or change " + other);
                }
                return;
            }
        }
        if (!setting.group().isEmpty() && !groups().contains(setting.group())) {
            return;
        }
        due.add(name);
        if (setting.isRequired() && !isGiven(setting, name) && !faults.containsKey(name)) {
            Optional<String> misspelt = Spelling.nearest(name, unknown);
            misspelt.ifPresent(reported::add);
            fault(name, "is missing; it must be " + wanted(setting)
                    + misspelt.map(near -> "; is '" + near + "' a misspelling of it?").orElse(""));
        }
    }

    private static String wanted(Setting setting) {
        return setting.kind() == Setting.Kind.CHOICE ? "one of " + setting.choices() : setting.kind().whole();
    }

    /** Returns another setting's value as text, the default where it is not given; empty if it is missing or faulty. */
    private String value(String name) {
        return faults.containsKey(name) ? "" : Optional.ofNullable(values.get(name))
                .or(() -> declaration.find(name).flatMap(Setting::byDefault))
                .map(Object::toString)
                .orElse("");
    }

    /** Returns the names of groups with at least one given setting. */
    private Set<String> groups() {
        Set<String> groups = new LinkedHashSet<>();
        for (String name : raw.keySet()) {
            for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
                groups.add(name.substring(0, dot));
            }
        }
        return groups;
    }

    /** Returns the names of all settings that may be given. */
    private Set<String> known() {
        Set<String> known = new TreeSet<>();
        for (Setting setting : declaration.settings()) {
            List<String> names = names(setting);
            known.addAll(names.isEmpty() ? List.of(setting.name()) : names);
        }
        return known;
    }

    private Fault unknown(String name, Set<String> known) {
        Set<String> free = new TreeSet<>(known);
        free.removeAll(raw.keySet());
        String sentence = at(name) + " is unknown; "
                + (known.isEmpty() ? "there are no settings here" : "known are " + known)
                + Spelling.nearest(name, free).or(() -> Spelling.nearest(name, known))
                        .map(near -> "; did you mean '" + near + "'?").orElse("");
        return new Fault(at(name), sentence);
    }

    private static String suggestion(String name, Set<String> known) {
        return Spelling.nearest(name, known).map(near -> "; did you mean '" + near + "'?").orElse("");
    }

    private void fault(String name, String sentence) {
        fault(name, at(name), sentence);
    }

    private void fault(String name, String place, String sentence) {
        faults.computeIfAbsent(name, any -> new ArrayList<>()).add(new Fault(place, place + " " + sentence));
    }
}
