package io.github.spirabr.report.run;

import io.github.spirabr.core.pipeline.TrainingRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the page: head, contents, and one section after the other. */
final class HtmlReport {

    private final TrainingRun findings;
    private final List<Section> sections;
    private final Markup page = new Markup();

    private HtmlReport(Analysis analysis, Map<String, String> occasion) {
        this.findings = analysis.findings();
        this.sections = sections(analysis, occasion);
    }

    /**
     * The page in UTF-8.
     *
     * @param occasion facts of the run that do not belong to its outcome, such as its time
     */
    static byte[] of(Analysis analysis, Map<String, String> occasion) {
        HtmlReport report = new HtmlReport(analysis, occasion);
        report.write();
        return report.page.bytes();
    }

    private static List<Section> sections(Analysis analysis, Map<String, String> occasion) {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("glance", "At a glance", new GlanceSection(analysis)::write));
        sections.add(new Section("figures", "Metrics", new FiguresSection(analysis)::write));
        sections.add(new Section("clinical", "Clinical use", new ClinicalSection(analysis)::write));
        sections.add(new Section("groups", "Groups", new GroupsSection(analysis)::write));
        if (!analysis.findings().protocols().isEmpty()) {
            sections.add(new Section("protocols", "Under noise and other protocols", new ProtocolsSection(analysis)::write));
        }
        sections.add(new Section("probes", "Probes", new ProbesSection(analysis)::write));
        if (!analysis.findings().featureEffects().isEmpty()) {
            sections.add(new Section("features", "Features", new FeaturesSection(analysis)::write));
        }
        sections.add(new Section(
                "mistakes", "Errors", "Largest errors", new MistakesSection(analysis)::write));
        sections.add(new Section("data", "Data and split", new DataSection(analysis)::write));
        sections.add(new Section("training", "Training", new TrainingSection(analysis)::write));
        sections.add(new Section("run", "What was run", new RunSection(analysis, occasion)::write));
        return sections;
    }

    private void write() {
        page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en").line();
        PageHead.write(page, "Run report: " + findings.modelName());
        page.open("body").line();
        header();
        page.open("main").line();
        sections.forEach(section -> section.write(page));
        page.close().line();
        footer();
        page.close().close();
    }

    private void header() {
        page.open("header");
        page.with("p", "Report of a training run", "class", "kind");
        page.with("h1", findings.modelName());
        page.with("p", RunReport.NOTICE, "class", "notice");
        page.open("nav", "aria-label", "Contents").open("ul");
        sections.forEach(one -> page.open("li").with("a", one.link(), "href", "#" + one.id()).close());
        page.close().close().close().line();
    }

    private void footer() {
        page.open("footer").with("p", RunReport.NOTICE);
        page.with("p", "Made by SPIRA for Java" + (findings.library().isEmpty() ? "" : " " + findings.library())
                + ". This file needs no network. The same metrics are in report.json; a summary is in model-card.md.");
        page.close().line();
    }
}
