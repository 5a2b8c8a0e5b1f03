package io.github.spirabr.config;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.component.SettingsOutline.Kind;
import io.github.spirabr.core.component.SettingsOutline.Setting;
import io.github.spirabr.core.component.SettingsOutline;
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
     * @param listed whether {@code listed} is a type as well
     */
    record Part(List<? extends Class<?>> ports, boolean list, boolean listed) {}

    /** In their order; of a group. */
    final Map<String, SchemaTree> children = new LinkedHashMap<>();
    /** Those of its settings, however deep, that depend on others; of the root of settings. */
    final List<Setting> dependent = new ArrayList<>();
    @Nullable Setting setting;
    @Nullable Part part;
    boolean needed;
    /** Whether there may be settings that nobody knows of. */
    boolean open;
    String what = "";

    /** Adds settings below a path. */
    void add(String path, SettingsOutline outline) {
        SchemaTree root = at(path);
        root.open |= !outline.complete();
        for (Setting one : outline.settings()) {
            SchemaTree leaf = root.at(one.name());
            if (one.kind() == Kind.COMPONENTS) {
                leaf.part = new Part(one.port().map(List::of).orElseThrow(), true, false);
            } else {
                leaf.setting = one;
            }
            if (!one.conditions().isEmpty()) {
                root.dependent.add(one);
            } else if (one.needed()) {
                root.at(one.within()).need(one.within().isEmpty() ? one.name() : one.name().substring(one.within().length() + 1));
            }
        }
    }

    void addPart(String path, List<Class<? extends Component>> ports, boolean list) {
        at(path).part = new Part(ports, list, path.equals("split"));
    }

    /** Says that the path must be there, and what it says. */
    void need(String path, String what) {
        need(path);
        at(path).what = what;
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
