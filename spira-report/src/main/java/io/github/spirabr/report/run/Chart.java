package io.github.spirabr.report.run;

import io.github.spirabr.report.internal.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Draws a chart into a page, as SVG that takes its colours and fonts from the page's style, so that it follows the reader's
 * scheme, and whose texts are texts. Nothing depends on the fonts of the machine that draws. Not thread-safe.
 */
final class Chart {

    private static final int WIDTH = 360;
    private static final int LEFT = 46;
    private static final int RIGHT = 12;
    private static final int TOP = 18;
    private static final int BOTTOM = 42;
    private static final int TICK = 4;

    private final String id;
    private final String title;
    private final String description;
    private final Axis x;
    private final Axis y;
    private final int height;
    private final List<Consumer<Markup>> layers = new ArrayList<>();

    /**
     * Creates an instance.
     *
     * @param id unique in the page
     * @param title title for readers who do not see the chart
     * @param description sentences with figures for readers who do not see the chart
     * @param height height, in units of which a chart is {@value #WIDTH} wide
     */
    Chart(String id, String title, String description, Axis x, Axis y, int height) {
        this.id = id;
        this.title = title;
        this.description = description;
        this.x = x;
        this.y = y;
        this.height = height;
    }

    /** A place of the chart, in its axes' units. */
    record At(double x, double y) {}

    private double left(double value) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.max(0, Math.min(1, x.place(value)));
    }

    private double top(double value) {
        return height - BOTTOM - (height - TOP - BOTTOM) * Math.max(0, Math.min(1, y.place(value)));
    }

    /** A tenth of a unit is finer than any screen. */
    private static double rounded(double value) {
        return Math.rint(value * 10) / 10;
    }

    private static String number(double value) {
        double rounded = rounded(value);
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : String.format(Locale.ROOT, "%.1f", rounded);
    }

    /** The shortest path through these places: what falls on one spot, or between two on one straight line, is left out. */
    private String path(List<At> places) {
        List<At> kept = new ArrayList<>();
        for (At place : places) {
            At next = new At(rounded(left(place.x)), rounded(top(place.y)));
            int last = kept.size() - 1;
            if (last >= 0 && kept.get(last).equals(next)) {
                continue;
            }
            if (last >= 1 && isBetween(kept.get(last - 1), kept.get(last), next)) {
                kept.remove(last);
            }
            kept.add(next);
        }
        StringBuilder path = new StringBuilder();
        for (At one : kept) {
            path.append(path.isEmpty() ? "M" : "L").append(number(one.x)).append(' ').append(number(one.y));
        }
        return path.toString();
    }

    /** Returns whether one place lies between two others that are straight above, below or beside it. */
    private static boolean isBetween(At before, At between, At after) {
        return before.x == between.x && between.x == after.x && (between.y - before.y) * (after.y - between.y) >= 0
                || before.y == between.y && between.y == after.y && (between.x - before.x) * (after.x - between.x) >= 0;
    }

    /** A line through places. */
    Chart line(String style, List<At> places) {
        layers.add(to -> to.empty("path", "class", "line " + style, "d", path(places)));
        return this;
    }

    /** The area between an upper and a lower line. */
    Chart area(String style, List<At> upper, List<At> lower) {
        List<At> around = new ArrayList<>(upper);
        for (int i = lower.size() - 1; i >= 0; i--) {
            around.add(lower.get(i));
        }
        layers.add(to -> to.empty("path", "class", "area " + style, "d", path(around) + "Z"));
        return this;
    }

    Chart dots(String style, double radius, List<At> places) {
        layers.add(to -> places.forEach(at -> to.empty("circle", "class", "dot " + style, "cx", number(left(at.x)),
                "cy", number(top(at.y)), "r", number(radius))));
        return this;
    }

    /** A box with its corners at two places. */
    Chart box(String style, At one, At other) {
        double fromX = Math.min(left(one.x), left(other.x));
        double fromY = Math.min(top(one.y), top(other.y));
        layers.add(to -> to.empty("rect", "class", "box " + style, "x", number(fromX), "y", number(fromY),
                "width", number(Math.abs(left(one.x) - left(other.x))),
                "height", number(Math.abs(top(one.y) - top(other.y)))));
        return this;
    }

    /** A text above the chart, where a place of the x axis is. */
    Chart note(double at, String text) {
        String anchor = x.place(at) < 0.2 ? "start" : x.place(at) > 0.8 ? "end" : "middle";
        layers.add(to -> to.with("text", text, "class", "note", "x", number(left(at)), "y", Integer.toString(TOP - 6),
                "text-anchor", anchor));
        return this;
    }

    /** Writes it with a caption. */
    void figure(Markup to, String name, String caption) {
        to.open("figure");
        write(to);
        to.open("figcaption").with("strong", name).text(". " + caption).close();
        to.close().line();
    }

    void write(Markup to) {
        to.open("svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 " + WIDTH + " " + height, "role", "img",
                "aria-labelledby", id + "-title " + id + "-description");
        to.with("title", title, "id", id + "-title");
        to.with("desc", description, "id", id + "-description");
        to.open("g", "aria-hidden", "true");
        grid(to);
        layers.forEach(layer -> layer.accept(to));
        to.close().close().line();
    }

    private void grid(Markup to) {
        int right = WIDTH - RIGHT;
        int bottom = height - BOTTOM;
        for (Tick tick : y.ticks()) {
            String at = number(top(tick.position()));
            to.empty("path", "class", "grid", "d", "M" + LEFT + " " + at + "L" + right + " " + at);
            to.with("text", tick.label(), "class", "tick", "x", Integer.toString(LEFT - 6),
                    "y", number(top(tick.position()) + 4), "text-anchor", "end");
        }
        for (Tick tick : x.ticks()) {
            String at = number(left(tick.position()));
            to.empty("path", "class", "axis", "d", "M" + at + " " + bottom + "L" + at + " " + (bottom + TICK));
            to.with("text", tick.label(), "class", "tick", "x", at, "y", Integer.toString(bottom + TICK + 12),
                    "text-anchor", "middle");
        }
        to.empty("path", "class", "axis", "d", "M" + LEFT + " " + TOP + "L" + LEFT + " " + bottom + "L" + right + " " + bottom);
        to.with("text", x.title(), "class", "title", "x", number((LEFT + right) / 2.0),
                "y", Integer.toString(height - 6), "text-anchor", "middle");
        String middle = number((TOP + bottom) / 2.0);
        to.with("text", y.title(), "class", "title", "transform", "translate(12 " + middle + ")rotate(-90)",
                "text-anchor", "middle");
    }
}
