package io.github.spirabr.storage.fs.manifest;

/**
 * Texts that were read lately, so that equal ones are in memory once. It takes the same little room however many there
 * are: a text may push out another one. Used by one thread.
 */
final class HeldTexts {

    private static final int BITS = 12;

    private final String[] texts = new String[1 << BITS];

    /** Returns an equal text that was read before, or else this one. */
    String of(String text) {
        int place = text.hashCode() * 0x9E3779B1 >>> Integer.SIZE - BITS;
        if (!text.equals(texts[place])) {
            texts[place] = text;
        }
        return texts[place];
    }
}
