package io.github.spirabr.report.run;

import java.util.function.Consumer;

/**
 * A section of the report's page.
 *
 * @param id unique in the page
 * @param link name in the table of contents
 * @param title its heading
 * @param writer writer of what stands below the heading
 */
record Section(String id, String link, String title, Consumer<Markup> writer) {

    /** One that the contents call by its heading. */
    Section(String id, String title, Consumer<Markup> writer) {
        this(id, title, title, writer);
    }

    void write(Markup page) {
        String heading = id + "-heading";
        page.open("section", "id", id, "aria-labelledby", heading).with("h2", title, "id", heading).line();
        writer.accept(page);
        page.close().line();
    }
}
