package io.github.spirabr.core.internal;

import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.Recording;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Columns that may name the speakers where recordings have no subjects, such as {@code Subject} or {@code id_paciente}. */
public final class SubjectColumns {

    private static final Set<String> NAMES = Set.of("subject", "speaker", "spk", "participant", "patient", "person", "individual",
            "client", "user", "donor", "volunteer", "sujeito", "paciente", "falante", "locutor", "participante", "pessoa",
            "individuo", "voluntario", "prontuario", "sujeto", "hablante");
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");
    private static final Pattern NUMBERING =
            Pattern.compile("^(id|code|codigo|cod|number|numero|num|nr|no)|(id|ids|code|codigo|cod|number|numero|num|nr|no|name|nome|s)$");
    private static final int LEAST_VALUES = 3;

    private SubjectColumns() {}

    /** Returns whether each recording counts as a subject of its own, under its own name. */
    public static boolean areSubjectsUnknown(List<Recording> recordings) {
        return recordings.stream().allMatch(one -> one.subject().equals(PlainText.of(one.id())));
    }

    /** Returns the columns, sorted, that may name the speakers; none if a recording names its subject. */
    public static List<String> suspects(List<Recording> recordings) {
        if (!areSubjectsUnknown(recordings)) {
            return List.of();
        }
        Set<String> columns = new TreeSet<>();
        recordings.forEach(one -> columns.addAll(one.metadata().keySet()));
        return columns.stream().filter(SubjectColumns::isNearlySubject).filter(column -> repeats(column, recordings)).toList();
    }

    private static boolean isNearlySubject(String column) {
        String letters = NO_LETTERS.matcher(LikeNames.key(column)).replaceAll("");
        return NAMES.contains(letters) || NAMES.contains(NUMBERING.matcher(letters).replaceAll(""))
                || Math.abs(letters.length() - "subject".length()) <= 1 && isSlipOf(letters, "subject");
    }

    /** Returns whether one letter is missing, too many, or another. */
    private static boolean isSlipOf(String name, String wanted) {
        int start = 0;
        int most = Math.min(name.length(), wanted.length());
        while (start < most && name.charAt(start) == wanted.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < most - start && name.charAt(name.length() - 1 - end) == wanted.charAt(wanted.length() - 1 - end)) {
            end++;
        }
        return Math.max(name.length(), wanted.length()) - start - end <= 1;
    }

    /** Returns whether a column has several values, of which at least one is of two recordings. */
    private static boolean repeats(String column, List<Recording> recordings) {
        Set<String> values = new HashSet<>();
        int known = 0;
        for (Recording recording : recordings) {
            String value = recording.metadata().get(column);
            if (value != null) {
                known++;
                values.add(value);
            }
        }
        return values.size() >= LEAST_VALUES && values.size() < known;
    }
}
