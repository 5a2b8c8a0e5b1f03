package io.github.spirabr.core.internal;

import io.github.spirabr.core.internal.adapter.PlainText;
import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names that differ in case, blanks, accents, dashes, apostrophes or leading zeros only, and may be one person's. */
public final class LikeNames {

    /** Marks of Latin, Greek and Cyrillic letters; those of other scripts make another letter. */
    private static final Pattern ACCENTS = Pattern.compile("\\p{InCOMBINING_DIACRITICAL_MARKS}+");
    private static final String BLANKS_AND_DASHES = "[\\s\\p{Z}\\p{Cf}_\\p{Pd}\u2212]+";
    private static final Pattern BETWEEN_DIGITS = Pattern.compile("(?<=\\d)" + BLANKS_AND_DASHES + "(?=\\d)");
    private static final Pattern SEPARATORS = Pattern.compile(BLANKS_AND_DASHES + "|['\u2018\u2019]+");
    private static final Pattern LEADING_ZEROS = Pattern.compile("(?<!\\d)0+(?=\\d)");

    private LikeNames() {}

    /** Returns a text that is equal for names that are alike. */
    public static String key(String name) {
        String decomposed = Normalizer.normalize(PlainText.of(name), Normalizer.Form.NFKD);
        // To upper case first, as ß and SS are one, and ı and I.
        String plain = ACCENTS.matcher(decomposed).replaceAll("").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT)
                .replace('đ', 'd').replace('ł', 'l').replace('ø', 'o');
        // P-01 is P01, but 1-11 is not 11-1.
        String joined = BETWEEN_DIGITS.matcher(plain).replaceAll("/");
        return LEADING_ZEROS.matcher(SEPARATORS.matcher(joined).replaceAll("")).replaceAll("");
    }

    /** Returns the names that are alike, two or more in each group, in order. */
    public static List<SortedSet<String>> groups(Collection<String> names) {
        Map<String, SortedSet<String>> byKey = new TreeMap<>();
        names.forEach(name -> byKey.computeIfAbsent(key(name), any -> new TreeSet<>()).add(name));
        return byKey.values().stream().filter(group -> group.size() > 1).toList();
    }
}
