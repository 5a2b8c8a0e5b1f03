package io.github.spirabr.report.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
}
