package io.github.spirabr.report.run;

import java.util.ArrayList;
import java.util.List;

/**
 * A table with a caption, in a box of its own that scrolls where the screen is narrow. The first cell of each row is its
 * header; what follows a line break in a cell is in small print. Not thread-safe.
 */
final class Table {

    /** Longer texts get a wider column. */
    private static final int LONG = 25;

    private final String caption;
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String caption, String... head) {
        this.caption = caption;
        this.head = List.of(head);
    }

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void write(Markup to) {
        to.open("div", "class", "scroll", "role", "region", "aria-label", caption, "tabindex", "0");
        to.open("table").open("caption").with("span", caption).close().line();
        to.open("thead").open("tr");
        head.forEach(name -> to.with("th", name, "scope", "col"));
        to.close().close().line().open("tbody").line();
        for (List<String> row : rows) {
            to.open("tr");
            to.open("th", "scope", "row").with("bdi", row.get(0)).close();
            row.subList(1, row.size()).forEach(cell -> cell(to, cell));
            to.close().line();
        }
        to.close().close().close().line();
    }

    private static void cell(Markup to, String cell) {
        int end = cell.indexOf('\n');
        String text = end < 0 ? cell : cell.substring(0, end);
        String[] wide = {"class", "wide"};
        to.open("td", text.length() > LONG ? wide : new String[0]).with("bdi", text);
        if (end >= 0) {
            to.with("span", cell.substring(end + 1), "class", "interval");
        }
        to.close();
    }
}
