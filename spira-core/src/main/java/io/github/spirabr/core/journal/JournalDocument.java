package io.github.spirabr.core.journal;

/** A document of a journal as it was read. Immutable. */
public final class JournalDocument {

    private final String version;
    private final byte[] content;

    /**
     * Creates a document as it is read.
     *
     * @param version changes whenever the content does, such as an object's entity tag
     * @param content copied
     */
    public JournalDocument(String version, byte[] content) {
        this.version = version;
        this.content = content.clone();
    }

    /** Returns the version that {@link Journal#replace} expects. */
    public String version() {
        return version;
    }

    /** Returns a copy of the content. */
    public byte[] content() {
        return content.clone();
    }

    @Override
    public String toString() {
        return "JournalDocument[" + version + ", " + content.length + " bytes]";
    }
}
