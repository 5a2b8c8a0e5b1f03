package io.github.spirabr.report.run;

import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.sweep.SweepFindings;
import io.github.spirabr.core.sweep.SweptPoint;
import io.github.spirabr.core.sweep.SweptSetting;
import io.github.spirabr.report.internal.Tick;
import io.github.spirabr.report.run.Chart.At;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Writes the page of a sweep. */
final class SweepReport {

    private static final int HEIGHT = 230;
    private static final int TICKS = 6;
    /** Longer texts are cut at an axis, where they would overlap. */
    private static final int LONGEST = 14;
    /** Numbers that differ by more than this factor are shown by logarithms. */
    private static final double WIDE = 30;

    private final String name;
    private final SweepFindings findings;
    private final Markup page = new Markup();

    private SweepReport(String name, SweepFindings findings) {
        this.name = name;
        this.findings = findings;
    }

    /** Returns the page in UTF-8. */
    static byte[] of(String name, SweepFindings findings) {
        SweepReport report = new SweepReport(name, findings);
        report.write();
        return report.page.bytes();
    }

    private void write() {
        PageHead.page(page, "Report of a sweep: " + name, "Report of a sweep", name, List.of(
                new Section("glance", "At a glance", this::glance),
                new Section("test", "The winner on the test set", this::test),
                new Section("settings", "Settings", this::settings),
                new Section("points", "Points", this::points)));
    }

    private String metric() {
        return Figures.name(findings.metric());
    }

    private void glance(Markup to) {
        SweptPoint best = findings.best();
        to.paragraph(Figures.count(findings.points().size(), "point") + ", " + Figures.count(findings.epochs(), "epoch")
                + " of training in all. The best is point " + best.number() + " with " + text(best) + ": " + metric()
                + " of the validation set " + Figures.of(best.mean()) + ".");
        to.paragraph("The validation set chose the winner, so that its value promises too much. The test set answered to the winner"
                + " alone, once.");
    }

    private void test(Markup to) {
        Table table = new Table("Metrics by recording on the test set", "Metric", "Value", "95 % interval", "Meaning");
        Classes classes = new Classes(findings.winner().target());
        for (MetricEstimate one : Figures.main(findings.winner().metrics())) {
            table.row(Figures.name(one.metric()), Figures.of(one.value()), Figures.interval(one.lower(), one.upper()),
                    Figures.meaning(one.metric(), classes));
        }
        table.write(to);
        if (findings.winner().metrics().imprecise()) {
            to.paragraph("Imprecise: a class has fewer than " + MetricEstimate.PRECISE_SUBJECTS
                    + " subjects; the metrics are no more than a hint.");
        }
    }

    private void settings(Markup to) {
        List<SweptPoint> shown = findings.points().stream().filter(point -> Double.isFinite(point.mean())).toList();
        to.paragraph(metric() + " of the validation set by each setting, the others varying along. Ring: the winner."
                + (findings.best().round() > 1 ? " Points that were left behind early have the value of their last round." : ""));
        to.open("div", "class", "charts paired").line();
        int number = 0;
        for (String setting : findings.best().settings().keySet()) {
            slice("slice-" + ++number, setting, shown)
                    .figure(to, setting, metric() + " of the validation set, mean over trainings.");
        }
        to.close().line();
    }

    private Chart slice(String id, String setting, List<SweptPoint> shown) {
        List<String> texts = shown.stream().map(point -> point.text(setting)).distinct().toList();
        Axis x;
        ToDoubleFunction<SweptPoint> left;
        if (shown.stream().allMatch(point -> point.settings().get(setting) instanceof Number)) {
            double[] numbers = texts.stream().mapToDouble(Double::parseDouble).sorted().distinct().toArray();
            boolean log = numbers[0] > 0 && numbers[numbers.length - 1] / numbers[0] > WIDE;
            DoubleUnaryOperator place = log ? Math::log10 : number -> number;
            left = point -> place.applyAsDouble(((Number) point.settings().get(setting)).doubleValue());
            x = numbers(setting, numbers, place, log);
        } else {
            left = point -> texts.indexOf(point.text(setting));
            x = texts(setting, texts);
        }
        SweptPoint best = findings.best();
        String description = metric() + " of the validation set over " + setting + ", for " + Figures.count(shown.size(), "point")
                + ". The winner has " + best.text(setting) + " and " + Figures.of(best.mean()) + ".";
        return new Chart(id, metric() + " by " + setting, description, x, values(shown), HEIGHT)
                .dots("first", 2.6, shown.stream().map(point -> new At(left.applyAsDouble(point), point.mean())).toList())
                .dots("here", 4.5, List.of(new At(left.applyAsDouble(best), best.mean())));
    }

    private Axis values(List<SweptPoint> shown) {
        double low = shown.stream().mapToDouble(SweptPoint::mean).min().orElse(0);
        double high = shown.stream().mapToDouble(SweptPoint::mean).max().orElse(1);
        return range(metric(), low, high);
    }

    /** An axis a little wider than its values. */
    private static Axis range(String title, double low, double high) {
        double margin = high > low ? (high - low) * 0.08 : Math.max(Math.abs(high) * 0.1, 0.05);
        return new Axis(title, low - margin, high + margin, Tick.between(low - margin, high + margin, TICKS));
    }

    /** An axis of numbers; few of them are its ticks themselves. */
    private static Axis numbers(String title, double[] numbers, DoubleUnaryOperator place, boolean log) {
        Axis axis = range(title, place.applyAsDouble(numbers[0]), place.applyAsDouble(numbers[numbers.length - 1]));
        List<Tick> ticks = numbers.length <= TICKS
                ? DoubleStream.of(numbers).mapToObj(number -> new Tick(place.applyAsDouble(number), SweptSetting.text(number))).toList()
                : log ? axis.ticks().stream().map(tick -> new Tick(tick.position(), rounded(Math.pow(10, tick.position())))).toList()
                : axis.ticks();
        return new Axis(title, axis.low(), axis.high(), ticks);
    }

    private static String rounded(double number) {
        return SweptSetting.text(new BigDecimal(number).round(new MathContext(2)).doubleValue());
    }

    private static Axis texts(String title, List<String> texts) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            // Of a part, its type.
            String text = texts.get(i).replaceFirst("^\\{type: ([^,}]+).*", "$1");
            ticks.add(new Tick(i, text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text));
        }
        return new Axis(title, -0.5, texts.size() - 0.5, ticks);
    }

    private void points(Markup to) {
        List<String> head = new ArrayList<>(List.of("Point"));
        head.addAll(findings.best().settings().keySet());
        head.addAll(List.of(metric(), "Round", "Epochs", "Remark"));
        Table table = new Table("All points, the best first", head.toArray(String[]::new));
        for (SweptPoint point : findings.ranking()) {
            Stream<String> cells = Stream.of(
                    Stream.of(Integer.toString(point.number())),
                    point.settings().keySet().stream().map(point::text),
                    Stream.of(Figures.of(point.mean()) + (Double.isNaN(point.standardDeviation()) ? ""
                                    : "\n± " + Figures.of(point.standardDeviation())),
                            Integer.toString(point.round()), Integer.toString(point.epochs()),
                            String.join("; ", point.faults()))).flatMap(part -> part);
            table.row(cells.toArray(String[]::new));
        }
        table.write(to);
        to.paragraph("± is the standard deviation over seeds and folds.");
    }

    private static String text(SweptPoint point) {
        return point.settings().keySet().stream().map(setting -> setting + " " + point.text(setting))
                .collect(Collectors.joining(", "));
    }
}
