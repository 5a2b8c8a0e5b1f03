package io.github.spirabr.storage.fs.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The columns of a list, of which those with a known meaning are found by their names. */
final class Columns {

    private final Collection<String> names;
    private final ManifestLayout layout;
    private final boolean usualParts;
    private final Map<Column, String> found = new EnumMap<>(Column.class);
    private final List<String> faults = new ArrayList<>();

    /**
     * Finds the columns.
     *
     * @param usualParts true if parts of files have their usual names only
     */
    Columns(Collection<String> names, ManifestLayout layout, boolean usualParts) {
        this.names = names;
        this.layout = layout;
        this.usualParts = usualParts;
        for (Column column : Column.values()) {
            find(column);
        }
        faults.addAll(namedTwice(names));
        for (Column column : List.of(Column.SESSION, Column.TASK)) {
            String other = found.get(column);
            if (other != null && !other.equals(column.usual()) && names.contains(column.usual())) {
                faults.add("the column '" + column.usual() + "' must be the " + column.usual() + ", but that is '" + other + "' ("
                        + column.setting() + "); rename one of them");
            }
        }
        if (found.containsKey(Column.END) && !found.containsKey(Column.OFFSET)) {
            faults.add("there is a column '" + found.get(Column.END) + "', but none of the beginnings; name it in offsetColumn, or"
                    + " name '" + found.get(Column.END) + "' in metadataColumns");
        }
    }

    /** Returns a sentence for each name of two columns. */
    static List<String> namedTwice(Collection<String> names) {
        Set<String> seen = new HashSet<>();
        return names.stream().filter(name -> !seen.add(name)).distinct()
                .map(name -> "the column '" + name + "' exists twice; rename or remove one").toList();
    }

    private void find(Column column) {
        String wanted = layout.name(column);
        if (names.contains(wanted) && !layout.isMetadata(wanted)) {
            found.put(column, wanted);
            return;
        }
        boolean required = column == Column.FILE || column == Column.CLASS;
        boolean usual = wanted.equals(column.usual()) && (required || !layout.isGiven(column));
        Set<String> others = usual && !(usualParts && column.isOfPart()) ? like(column) : Set.of();
        if (others.size() == 1) {
            found.put(column, others.iterator().next());
        } else if (others.size() > 1) {
            faults.add("the columns " + quoted(others) + " may each be the " + column.usual() + "; name one of them in "
                    + column.setting() + (required ? ""
                            : ", or the others in metadataColumns"));
        } else if (required || layout.isGiven(column)) {
            faults.add("there is no column '" + wanted + "'; found " + quoted(names) + "; " + advice(column));
        }
    }

    private Set<String> like(Column column) {
        return names.stream().filter(name -> column.isCalled(name) && !layout.isTaken(name) && !layout.isMetadata(name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private String advice(Column column) {
        return names.size() == 1 && names.iterator().next().matches("(?s).*[;\t|].*")
                ? "name the separator of the columns in separator"
                : "add it, or name the column that holds it in " + column.setting();
    }

    private static String quoted(Collection<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    /** Returns one sentence for each column that is missing, exists twice or is not clear. */
    List<String> faults() {
        return faults;
    }

    /** Adds a fault for each column that has another name in the rows before; these names are kept. */
    void requireNamesOf(Map<Column, String> before) {
        found.forEach((column, name) -> {
            String other = before.putIfAbsent(column, name);
            if (other != null && !other.equals(name)) {
                faults.add("the " + column.usual() + " must be in one column, but is in '" + name + "' and in rows before in '"
                        + other + "'; give each row '" + other + "', or name it in " + column.setting());
            }
        });
    }

    /** Returns the name that a column has in this list, if it is there. */
    Optional<String> name(Column column) {
        return Optional.ofNullable(found.get(column));
    }

    /** Returns the columns that were found by another name than the usual one. */
    Map<Column, String> renamed() {
        Map<Column, String> renamed = new EnumMap<>(found);
        renamed.entrySet().removeIf(one -> one.getValue().equals(layout.name(one.getKey())));
        return renamed;
    }

    /** Returns whether a column has a meaning, so that it is no metadata. */
    boolean isKnown(String name) {
        return found.containsValue(name);
    }
}
