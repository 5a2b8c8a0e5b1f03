package io.github.spirabr.report.run;

/** A section of the report's page. */
interface Section {

    /** Unique in the page. */
    String id();

    /** Its heading. */
    String title();

    /** What the contents call it. */
    default String link() {
        return title();
    }

    /** Writes what stands below the heading. */
    void write(Markup page);
}
