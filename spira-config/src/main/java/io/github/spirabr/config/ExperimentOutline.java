package io.github.spirabr.config;

import io.github.spirabr.core.component.SettingsOutline.Setting;
import io.github.spirabr.core.component.SettingsOutline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All keys that are read of an experiment file. Filled once, by {@link ExperimentReader#describe}. */
final class ExperimentOutline {

    /** Settings by the path of their group, {@code *} for any name; those at the top have an empty path. */
    final Map<String, List<SettingsOutline>> sections = new LinkedHashMap<>();
    /** The paths of parts, and whether there is a list of them. */
    final Map<String, Boolean> parts = new LinkedHashMap<>();
    /** What must be there, and what it says. */
    final Map<String, String> needed = new LinkedHashMap<>();

    void section(String path, SettingsOutline settings) {
        sections.computeIfAbsent(path, unseen -> new ArrayList<>()).add(settings);
    }

    /** Settings at the top, none of which must be there. */
    void optional(SettingsOutline settings) {
        section("", new SettingsOutline(
                settings.settings().stream().map(ExperimentOutline::optional).toList(), settings.complete()));
    }

    private static Setting optional(Setting setting) {
        return new Setting(setting.name(), setting.kind(), setting.choices(), setting.port(), setting.byDefault(), false, "",
                setting.conditions());
    }

    /** @param what it says; empty if it need not be there */
    void part(String path, String what) {
        parts.put(path, false);
        if (!what.isEmpty()) {
            needed(path, what);
        }
    }

    void parts(String path) {
        parts.put(path, true);
    }

    void needed(String path, String what) {
        needed.put(path, what);
    }
}
