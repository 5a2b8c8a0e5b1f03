package io.github.spirabr.report.run;

import java.util.ArrayList;
import java.util.List;

/**
 * A table with a caption, in a box of its own that scrolls where the screen is narrow. The first cell of each row is its
 * header. Not thread-safe.
 */
final class Table {

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
        to.open("table").with("caption", caption).line();
        to.open("thead").open("tr");
        head.forEach(name -> to.with("th", name, "scope", "col"));
        to.close().close().line().open("tbody").line();
        for (List<String> row : rows) {
            to.open("tr");
            to.open("th", "scope", "row").with("bdi", row.get(0)).close();
            row.subList(1, row.size()).forEach(cell -> {
                if (isNumber(cell)) {
                    to.with("td", cell, "class", "number");
                } else {
                    to.open("td").with("bdi", cell).close();
                }
            });
            to.close().line();
        }
        to.close().close().close().line();
    }

    private static boolean isNumber(String cell) {
        return !cell.isEmpty() && cell.length() < 40 && cell.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
    }
}
