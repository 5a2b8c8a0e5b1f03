package io.github.spirabr.report.run;

import io.github.spirabr.core.evaluation.GroupGap;
import io.github.spirabr.core.evaluation.GroupMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The test set by columns of the manifest. */
final class GroupsSection {

    private final List<GroupMetrics> groups;
    private final List<GroupGap> gaps;
    private final Classes classes;

    GroupsSection(Analysis analysis) {
        this.groups = analysis.findings().groups();
        this.gaps = analysis.gaps();
        this.classes = analysis.classes();
    }

    void write(Markup page) {
        write(page, groups, classes);
        gaps(page);
    }

    private void gaps(Markup page) {
        if (gaps.isEmpty()) {
            return;
        }
        page.paragraph("Each group against the others of its column, by recording. A difference counts if the p-value by Holm, "
                + "which allows for the number of comparisons, is below 0.05; a small group hides a difference.");
        Table table = new Table("Gaps between groups", "Column", "Group", "Others", "Metric", "Difference", "p", "p by Holm");
        for (GroupGap gap : gaps) {
            table.row(gap.column(), gap.group(), gap.others(), Figures.name(gap.metric()), Figures.of(gap.difference()),
                    Figures.of(gap.p()), Figures.of(gap.adjusted()));
        }
        table.write(page);
    }

    static void write(Markup page, List<GroupMetrics> groups, Classes classes) {
        if (groups.isEmpty()) {
            page.paragraph("The manifest has no column by which the test set can be grouped: nothing is known of differences "
                    + "between, say, men and women, ages, hospitals or devices.");
            return;
        }
        page.paragraph("By recording, for every group of every column of the manifest. Groups are small: look at the intervals "
                + "before comparing. What one group lacks, such as " + classes.positives() + ", leaves its metrics not defined.");
        Map<String, List<GroupMetrics>> columns = groups.stream()
                .collect(Collectors.groupingBy(GroupMetrics::column, LinkedHashMap::new, Collectors.toList()));
        columns.forEach((column, ofColumn) -> {
            List<String> head = new ArrayList<>(List.of("Group", "Recordings", "Subjects"));
            GroupMetrics.METRICS.forEach(metric -> head.add(Figures.name(metric)));
            Table table = new Table("Test set by " + column, head.toArray(String[]::new));
            for (GroupMetrics group : ofColumn) {
                List<String> cells = new ArrayList<>(List.of(group.group(),
                        Integer.toString(group.metrics().answers()),
                        Integer.toString(group.metrics().subjects())));
                group.metrics().forEach(figure -> cells.add(Double.isNaN(figure.lower()) ? Figures.of(figure.value())
                        : Figures.of(figure.value()) + "\n" + Figures.interval(figure.lower(), figure.upper())));
                table.row(cells.toArray(String[]::new));
            }
            table.write(page);
        });
    }
}
