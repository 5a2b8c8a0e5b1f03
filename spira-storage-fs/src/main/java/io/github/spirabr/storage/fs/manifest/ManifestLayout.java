package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.Label;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The layout of a list: its form, the names of its columns, and the words in them. Immutable. */
final class ManifestLayout {

    private final Map<Column, String> given = new EnumMap<>(Column.class);
    private final Set<String> metadata;
    private final @Nullable SubjectPattern subjectPattern;
    private final Map<String, Label> words = new HashMap<>();
    private final Set<String> ignored;
    private final MissingValues missing;
    private final Map<String, Set<String>> where = new LinkedHashMap<>();
    private final boolean find;
    private final Optional<String> form;
    private final Optional<Character> separator;
    private final Optional<Charset> encoding;

    /**
     * Reads the settings of {@link io.github.spirabr.core.storage.ManifestFormat#LAYOUT}, all but the root.
     *
     * @throws IllegalArgumentException if a setting is faulty or contradicts another one
     */
    ManifestLayout(Settings settings) {
        for (Column column : Column.values()) {
            if (settings.has(column.setting())) {
                given.put(column, PlainText.of(settings.string(column.setting())));
            }
        }
        metadata = plain(settings, "metadataColumns");
        subjectPattern = settings.has("subjectPattern") ? subjectPattern(settings.string("subjectPattern")) : null;
        words(settings);
        ignored = plain(settings, "ignoreWords");
        ignored.stream().filter(words::containsKey).findFirst().ifPresent(word -> {
            throw new InvalidSettingException("ignoreWords", "'" + word + "' stands for a class; remove it from one of both");
        });
        missing = new MissingValues(settings.has("missingWords") ? settings.strings("missingWords") : MissingValues.DEFAULT_WORDS);
        for (String column : settings.names("where")) {
            where.put(PlainText.of(column), plain(settings, "where." + column));
        }
        find = settings.has("find") && settings.bool("find");
        form = settings.has("form") ? Optional.of(settings.string("form")) : Optional.empty();
        separator = settings.has("separator") ? Optional.of(separator(settings.string("separator"))) : Optional.empty();
        encoding = settings.has("encoding") ? Optional.of(encoding(settings.string("encoding"))) : Optional.empty();
        check();
    }

    private void check() {
        Map<String, Column> columns = new HashMap<>();
        for (Column column : Column.values()) {
            Column other = columns.putIfAbsent(name(column), column);
            if (other != null) {
                throw new IllegalArgumentException(other.setting() + " and " + column.setting() + " must name two columns, but both"
                        + " are '" + name(column) + "'; change one of them");
            }
        }
        if (subjectPattern != null && isGiven(Column.SUBJECT)) {
            throw new IllegalArgumentException(
                    "only one of subjectColumn and subjectPattern must be given, but both were; remove one");
        }
        given.forEach((column, name) -> {
            if (isMetadata(name)) {
                throw new IllegalArgumentException("'" + name + "' must not be in both " + column.setting()
                        + " and metadataColumns; remove it from one of them");
            }
        });
    }

    private static Set<String> plain(Settings settings, String name) {
        return settings.has(name)
                ? settings.strings(name).stream().map(PlainText::of).collect(Collectors.toUnmodifiableSet()) : Set.of();
    }

    private static SubjectPattern subjectPattern(String text) {
        try {
            return new SubjectPattern(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new InvalidSettingException("subjectPattern", "must be a regular expression, but was '" + text + "' ("
                    + e.getDescription() + " near index " + e.getIndex() + ")");
        }
    }

    private void words(Settings settings) {
        for (Label label : Label.values()) {
            String setting = Settings.nameOf(label) + "Words";
            List<String> its = settings.has(setting)
                    ? settings.strings(setting).stream().map(PlainText::of).toList() : List.of(Integer.toString(label.code()));
            if (its.isEmpty()) {
                throw new InvalidSettingException(setting, "must have at least one word, but has none");
            }
            for (String word : its) {
                Label before = words.put(word, label);
                if (before != null && before != label) {
                    throw new IllegalArgumentException("'" + word + "' stands for both classes; give each its own words");
                }
            }
        }
    }

    private static char separator(String text) {
        String one = text.equals("tab") ? "\t" : text;
        if (one.length() != 1 || Character.isLetterOrDigit(one.charAt(0)) || "\"\r\n".contains(one)) {
            throw new InvalidSettingException("separator", "must be one character such as ';', or tab, but was '" + text + "'");
        }
        return one.charAt(0);
    }

    private static Charset encoding(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new InvalidSettingException("encoding", "must be an encoding such as UTF-8 or windows-1252, but was '" + name
                    + "'");
        }
    }

    /** Returns the name of a column in the list, if it has the column. */
    String name(Column column) {
        return given.getOrDefault(column, column.usual());
    }

    /** Returns whether a column was named, so that it must exist. */
    boolean isGiven(Column column) {
        return given.containsKey(column);
    }

    /** Returns whether a name is that of some column by itself, so that it is no other name of another one. */
    boolean isTaken(String name) {
        return given.containsValue(name);
    }

    boolean isMetadata(String name) {
        return metadata.contains(name);
    }

    @Nullable SubjectPattern subjectPattern() {
        return subjectPattern;
    }

    /** Returns the classes by the words that stand for them. */
    Map<String, Label> words() {
        return words;
    }

    /** Returns the words of the class column whose rows are left out. */
    Set<String> ignored() {
        return ignored;
    }

    MissingValues missing() {
        return missing;
    }

    /** Returns the values of the rows that are taken, by columns. */
    Map<String, Set<String>> where() {
        return where;
    }

    /** Returns whether files may lie in any folder below the root. */
    boolean find() {
        return find;
    }

    Optional<String> form() {
        return form;
    }

    Optional<Character> separator() {
        return separator;
    }

    Optional<Charset> encoding() {
        return encoding;
    }
}
