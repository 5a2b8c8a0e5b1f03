package io.github.spirabr.tests.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of Markdown of this project. */
public record Page(Path file, String text) {

    static final Path ROOT = Path.of("");

    private static final Pattern FENCE =
            Pattern.compile("(?ms)^(?:<!-- given: ([^\\n]*) -->\\n)?```([a-z]*)\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]\\[]*\\]\\(([^)\\s]+)\\)");

    /** A block of code. {@code given} holds what the page's text hands in: parameters, as in a method. */
    public record Block(String language, String given, String code, int line) {}

    public static List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>();
        for (String place : List.of("docs", "examples", ".")) {
            int depth = place.equals(".") ? 1 : Integer.MAX_VALUE;
            try (Stream<Path> files = Files.walk(ROOT.resolve(place), depth)) {
                for (Path file : files.filter(Page::isPage).sorted().toList()) {
                    pages.add(new Page(file, Files.readString(file).replace("\r\n", "\n")));
                }
            }
        }
        return pages;
    }

    private static boolean isPage(Path file) {
        String name = ROOT.relativize(file).toString().replace('\\', '/');
        return name.endsWith(".md") && !name.contains("/target/") && Files.isRegularFile(file);
    }

    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(text);
        while (fence.find()) {
            int line = 1 + (int) text.substring(0, fence.start()).chars().filter(c -> c == '\n').count();
            blocks.add(new Block(fence.group(2), fence.group(1) == null ? "" : fence.group(1), fence.group(3), line));
        }
        return blocks;
    }

    /** Where its links go; what stands in code is none. */
    List<String> links() {
        String prose = FENCE.matcher(text).replaceAll("").replaceAll("`[^`\n]*`", "");
        return LINK.matcher(prose).results().map(found -> found.group(1)).toList();
    }

    /** The names of its headings, as the usual hosts make them. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        for (String line : FENCE.matcher(text).replaceAll("").lines().filter(one -> one.matches("#{1,6} .*")).toList()) {
            String anchor = line.replaceFirst("^#+ ", "").strip().toLowerCase(Locale.ROOT)
                    .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                    .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
            String unique = anchor;
            for (int n = 1; !anchors.add(unique); n++) {
                unique = anchor + '-' + n;
            }
        }
        return anchors;
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
