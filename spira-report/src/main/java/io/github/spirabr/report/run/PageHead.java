package io.github.spirabr.report.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The head of every page: its title and style, and that it may run nothing and load nothing. */
final class PageHead {

    private PageHead() {}

    static void write(Markup page, String title) {
        page.open("head").line();
        page.empty("meta", "charset", "utf-8").line();
        // No script, no network, whatever is written below.
        page.empty("meta", "http-equiv", "Content-Security-Policy", "content",
                "default-src 'none'; style-src 'unsafe-inline'").line();
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
        page.empty("meta", "name", "color-scheme", "content", "light dark").line();
        page.with("title", title).line();
        page.with("style", style()).line();
        page.close().line();
    }

    private static String style() {
        try (InputStream css = Objects.requireNonNull(PageHead.class.getResourceAsStream("report.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a page of sections.
     *
     * @param title title of the page
     * @param kind kind of the report, above its name
     */
    static void page(Markup page, String title, String kind, String name, List<Section> sections) {
        page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en").line();
        write(page, title);
        page.open("body").line().open("header");
        page.with("p", kind, "class", "kind").with("h1", name);
        page.with("p", RunReport.NOTICE, "class", "notice").close().line().open("main").line();
        sections.forEach(section -> section.write(page));
        page.close().line();
        page.open("footer").with("p", RunReport.NOTICE).with("p", "Made by SPIRA for Java. This file needs no network.");
        page.close().line().close().close();
    }
}
