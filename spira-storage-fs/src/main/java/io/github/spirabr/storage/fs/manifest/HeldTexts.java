package io.github.spirabr.storage.fs.manifest;

/**
 * Texts that were met lately, so that equal ones are held in memory once. It takes the same little room however many there
 * are: a text may push out another one. Used by one thread.
 */
final class HeldTexts {

    private static final int BITS = 12;

    private final String[] texts = new String[1 << BITS];

    /** An equal text that was met before, or else this one. */
    String of(String text) {
        int place = text.hashCode() * 0x9E3779B1 >>> Integer.SIZE - BITS;
        if (!text.equals(texts[place])) {
            texts[place] = text;
        }
        return texts[place];
    }
}
