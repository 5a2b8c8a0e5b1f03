package io.github.spirabr.core.internal.adapter;

import java.text.Normalizer;

/** Texts as they are compared: people type one name in several byte sequences that look the same. */
public final class PlainText {

    private PlainText() {}

    /**
     * Returns the text in Unicode's normal form C, without spaces of any kind, control and invisible characters at its ends.
     * Returns the same instance if there is nothing to change.
     */
    public static String of(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isInvisible(text.charAt(start))) {
            start++;
        }
        while (end > start && isInvisible(text.charAt(end - 1))) {
            end--;
        }
        String trimmed = text.substring(start, end);
        return Normalizer.isNormalized(trimmed, Normalizer.Form.NFC)
                ? trimmed : Normalizer.normalize(trimmed, Normalizer.Form.NFC);
    }

    private static boolean isInvisible(char one) {
        return Character.isWhitespace(one) || Character.isSpaceChar(one) || Character.isISOControl(one)
                || Character.getType(one) == Character.FORMAT;
    }
}
