package io.github.spirabr.config;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.SettingsDeclaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings by the groups that they lie in: a group, a setting, or a part. Filled by one thread. */
final class SchemaTree {

    static final String ANY_NAME = "*";
    static final String TYPE = "type";

    /**
     * A part, or a list of them.
     *
     * @param listed true if {@code listed} is a type as well
     */
    record Part(List<? extends Class<?>> ports, boolean list, boolean listed) {}

    /** The declarations of a group, in their order. */
    final Map<String, SchemaTree> children = new LinkedHashMap<>();
    /** Those of its settings, however deep, that depend on others; of the root of settings. */
    final List<Setting> dependent = new ArrayList<>();
    /** The declaration of the dependent settings and of those that they depend on. */
    @Nullable SettingsDeclaration declaration;
    @Nullable Setting setting;
    @Nullable Part part;
    boolean needed;
    String meaning = "";

    /** Adds settings below a path. */
    void add(String path, SettingsDeclaration declared) {
        SchemaTree root = at(path);
        root.declaration = declared;
        for (Setting one : declared.settings()) {
            SchemaTree leaf = root.at(one.name());
            leaf.meaning = one.meaning();
            boolean list = one.kind() == Setting.Kind.COMPONENTS;
            if (list || one.kind() == Setting.Kind.COMPONENT) {
                leaf.part = new Part(one.port().map(List::of).orElseThrow(), list, false);
            } else {
                leaf.setting = one;
            }
            if (!one.conditions().isEmpty()) {
                root.dependent.add(one);
            } else if (one.isRequired()) {
                String group = groupOf(one);
                root.at(group).need(group.isEmpty() ? one.name() : one.name().substring(group.length() + 1));
            }
        }
    }

    /** The group within which a setting is needed: one that may be left out, or each of any name. */
    private static String groupOf(Setting setting) {
        int anyName = setting.name().indexOf("." + ANY_NAME + ".");
        return anyName < 0 ? setting.group() : setting.name().substring(0, anyName + ANY_NAME.length() + 1);
    }

    /** Adds a section of settings. */
    void addSection(ExperimentDeclaration.Section section) {
        add(section.path(), section.settings());
        at(section.path()).meaning = section.meaning();
    }

    /** Adds a part or a list of parts. */
    void addPart(ExperimentDeclaration.Part declared) {
        List<Class<? extends Component>> ports = declared.ports();
        SchemaTree leaf = at(declared.path());
        leaf.part = new Part(ports, declared.list(), declared.path().equals("split"));
        leaf.meaning = declared.meaning();
    }

    private void need(String path) {
        SchemaTree node = this;
        for (String step : path.split("\\.")) {
            node = node.at(step);
            node.needed = true;
        }
    }

    /** The type of a part stands among its settings. */
    void allowType() {
        at(TYPE);
    }

    boolean isGroup() {
        return setting == null && part == null && !children.isEmpty();
    }

    private SchemaTree at(String path) {
        SchemaTree node = this;
        for (String step : path.isEmpty() ? new String[0] : path.split("\\.")) {
            node = node.children.computeIfAbsent(step, unseen -> new SchemaTree());
        }
        return node;
    }
}
