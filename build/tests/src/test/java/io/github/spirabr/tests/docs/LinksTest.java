package io.github.spirabr.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links of all pages go to files and headings that are there; links to elsewhere are whole addresses. */
class LinksTest {

    static List<Page> pages() throws IOException {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksGoSomewhere(Page page) throws IOException {
        List<String> broken = new ArrayList<>();
        for (String link : page.links()) {
            if (link.startsWith("http:") || link.startsWith("https:")) {
                if (URI.create(link).getHost() == null) {
                    broken.add(link + ": is no address");
                }
                continue;
            }
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
            if (!Files.exists(target)) {
                broken.add(link + ": there is no " + target);
            } else if (parts.length == 2 && !new Page(target, Files.readString(target)).anchors().contains(parts[1])) {
                broken.add(link + ": no heading of that page is called so");
            }
        }
        assertThat(broken).as("links of " + page).isEmpty();
    }

    @Test
    void everyPageIsReachedFromTheFirst() throws IOException {
        TreeSet<Path> reached = new TreeSet<>();
        List<Path> open = new ArrayList<>(List.of(Page.ROOT.resolve("README.md").normalize()));
        while (!open.isEmpty()) {
            Path file = open.remove(open.size() - 1);
            if (file.toString().endsWith(".md") && reached.add(file)) {
                new Page(file, Files.readString(file)).links().stream()
                        .filter(link -> !link.startsWith("http") && !link.startsWith("#"))
                        .map(link -> file.resolveSibling(link.replaceFirst("#.*", "")).normalize())
                        .filter(Files::isRegularFile)
                        .forEach(open::add);
            }
        }
        List<Path> lost = new ArrayList<>(Page.all().stream().map(page -> page.file().normalize()).toList());
        lost.removeAll(reached);
        assertThat(lost).as("pages that no link leads to, beginning with README.md; docs/README.md lists all").isEmpty();
    }
}
