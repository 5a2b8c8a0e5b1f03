package io.github.spirabr.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audit.Leak;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.ClinicalMetrics;
import io.github.spirabr.core.evaluation.Estimate;
import io.github.spirabr.core.evaluation.GroupMetrics;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.TemperatureScaling;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.probe.ProbeResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

@Tag("slow")
class RunReportTest {

    private static final RunReport REPORT = new RunReport();

    private static String html(TrainingRun findings) {
        return new String(REPORT.report(findings).get(RunReport.HTML), StandardCharsets.UTF_8);
    }

    private static Document page(TrainingRun findings) {
        return parsed(html(findings));
    }

    /** As a browser reads it, which must find nothing to mend. */
    private static Document parsed(String html) {
        Parser parser = Parser.htmlParser().setTrackErrors(10);
        Document page = parser.parseInput(html, "");
        assertThat(parser.getErrors()).isEmpty();
        return page;
    }

    private static Runs withProbes() {
        Runs run = new Runs();
        run.probes = Runs.someProbes(name -> name);
        return run;
    }

    @Test
    void equalFindingsGiveEqualBytes() {
        Map<String, byte[]> files = REPORT.report(withProbes().findings());
        assertThat(files).containsOnlyKeys("model-card.md", "report.html", "report.json");
        assertThat(new RunReport().report(withProbes().findings())).containsExactlyEntriesOf(files);
    }

    @Test
    void thePageIsXmlToo() throws IOException, ParserConfigurationException, SAXException {
        byte[] page = REPORT.report(withProbes().findings()).get(RunReport.HTML);
        assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(page))
                .getDocumentElement().getTagName()).isEqualTo("html");
    }

    @Test
    void thePageNeedsNothingFromElsewhere() {
        Document page = page(withProbes().findings());
        assertThat(page.select("script, link, img, iframe, object, embed, [src], [style], [onclick], [onload]")).isEmpty();
        assertThat(page.select("[href]")).allSatisfy(link -> {
            assertThat(link.attr("href")).startsWith("#");
            assertThat(page.getElementById(link.attr("href").substring(1))).isNotNull();
        });
        assertThat(page.select("style").outerHtml()).doesNotContain("url(", "@import");
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content")).startsWith("default-src 'none'");
    }

    @Test
    void everyFigureIsShownWithItsInterval() {
        TrainingRun findings = withProbes().findings();
        Document page = page(findings);
        for (MetricEstimate recording : findings.metrics()) {
            MetricEstimate subject = findings.subjectMetrics().metric(recording.metric());
            if (recording.metric().isClinical()) {
                assertThat(row(page, "Clinical metrics of the test set", Figures.name(recording.metric())))
                        .startsWith(shown(recording), shown(subject));
                continue;
            }
            assertThat(row(page, "Metrics of the test set", Figures.name(recording.metric())))
                    .startsWith(Figures.of(recording.value()), Figures.interval(recording.lower(), recording.upper()),
                            Figures.of(subject.value()), Figures.interval(subject.lower(), subject.upper()));
        }
        ClinicalMetrics clinical = Analysis.of(findings).bySubject().clinical();
        assertThat(row(page, "Clinical metrics of the test set", "Calibration slope").get(1))
                .startsWith(Figures.of(clinical.calibrationSlope().value()));
        assertThat(row(page, "At a prevalence", "5 %").get(1))
                .startsWith(Figures.of(Analysis.of(findings).byRecording().clinical().screening().get(1)
                        .negativePredictiveValue().value()));
        assertThat(page.select("#clinical figure svg")).hasSize(2);
        assertThat(page.select("#groups table caption").eachText()).contains("Gaps between groups");
        assertThat(row(page, "Metrics of the test set", "n")).startsWith("48 recordings", "16 subjects", "16 answers");
        for (GroupMetrics group : findings.groups()) {
            List<String> cells = row(page, "Test set by " + group.column(), group.group());
            for (int m = 0; m < GroupMetrics.METRICS.size(); m++) {
                assertThat(cells.get(2 + m)).startsWith(Figures.of(group.metrics().all().get(m).value()));
            }
        }
        assertThat(page.select("#probes article h3")).extracting(Element::text)
                .containsExactly("\u2717 Failed noise-only", "\u2713 Passed level", "! Warning codec", "? Inconclusive permutation");
        assertThat(row(page, "Metrics of the probe noise-only", "AUROC of the quietest parts"))
                .containsExactly("0.930", "0.850 to 0.980", "48", "16");
        assertThat(row(page, "Metrics of the probe noise-only", "sensitivity"))
                .containsExactly("not defined", "no interval", "0", "0");
        assertThat(page.select("#protocols").text()).contains("With hospital noise at 3 dB.");
        assertThat(row(page, "1 rejected recording", "audio/broken.wav")).containsExactly("s99", "patient", "no audio stream");
        assertThat(row(page, "The run", "Fingerprint of the data")).containsExactly(findings.dataFingerprint());
        assertThat(row(page, "Settings of all parts", "model.type")).containsExactly("spiraconv-v2");
        assertThat(page.select("#training details tbody tr")).hasSize(12);
    }

    private static String shown(MetricEstimate one) {
        return Figures.of(new Estimate(one.value(), one.lower(), one.upper())).replace("\n", "");
    }

    private static List<String> row(Document page, String caption, String header) {
        return page.select("table").stream()
                .filter(table -> table.select("caption").text().startsWith(caption))
                .flatMap(table -> table.select("tbody tr").stream())
                .filter(row -> row.select("th").text().equals(header))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + header + " in a table " + caption))
                .select("td")
                .eachText();
    }

    @Test
    void whoDoesNotSeeTheChartsIsToldWhatTheyShow() {
        Document page = page(withProbes().findings());
        assertThat(page.select("figure svg")).hasSizeGreaterThan(9).allSatisfy(chart -> {
            assertThat(chart.attr("role")).isEqualTo("img");
            for (String id : chart.attr("aria-labelledby").split(" ")) {
                assertThat(page.getElementById(id).text()).isNotBlank();
            }
        });
        assertThat(page.select("svg desc").text()).doesNotContain("NaN").contains("The area under the curve is 0.9");
        assertThat(page.select("table")).allSatisfy(table -> {
            assertThat(table.select("caption").text()).isNotBlank();
            assertThat(table.select("th")).allSatisfy(head -> assertThat(head.attr("scope")).isIn("col", "row"));
        });
        assertThat(page.select("html").attr("lang")).isEqualTo("en");
        List<String> ids = page.select("[id]").eachAttr("id");
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void namesFromOutsideAreNothingButText() throws IOException {
        Runs run = new Runs();
        run.naming = name -> name + Runs.EVIL;
        run.probes = Runs.someProbes(run.naming);
        Map<String, byte[]> files = REPORT.report(run.findings());
        Document page = parsed(new String(files.get(RunReport.HTML), StandardCharsets.UTF_8));
        assertThat(page.select("script")).isEmpty();
        String shown = Runs.EVIL.replace('\u0007', '\uFFFD');
        assertThat(page.select("#mistakes figcaption strong")).isNotEmpty()
                .allSatisfy(name -> assertThat(name.text()).endsWith(shown));
        for (String part : List.of("#groups", "#protocols", "#probes", "#data", "#run")) {
            assertThat(page.select(part).text()).as(part).contains(shown);
        }
        String card = new String(files.get(RunReport.MODEL_CARD), StandardCharsets.UTF_8);
        assertThat(card).doesNotContain("<script").contains("&lt;script&gt;");
        assertThat(new String(files.get(RunReport.JSON), StandardCharsets.UTF_8)).contains("\\u0007");
    }

    @Test
    void whatIsNotDefinedIsSaidToBe() {
        Runs run = new Runs();
        run.naming = name -> name.equals("A") ? "A" : name;
        Document page = page(run.findings());
        assertThat(page.select("#groups td").eachText()).contains("not defined");
        assertThat(page.text()).doesNotContain("NaN");
    }

    @Test
    void fewSubjectsMakeFiguresImprecise() {
        assertThat(page(new Runs().findings()).select(".alert.warn").text())
                .contains("Imprecise. The smaller class of the test set has 8 subjects, fewer than 100");
        Runs many = new Runs();
        many.subjects = 520;
        many.recordingsEach = 1;
        Document page = page(many.findings());
        assertThat(page.text()).doesNotContainIgnoringCase("imprecise");
        assertThat(page.text()).contains("Every subject has one recording");
        assertThat(page.select("#roc-subject-title")).isEmpty();
    }

    @Test
    void aSplitThatIsNotBySubjectIsSaidInRed() {
        TrainingRun findings = new Runs().findings();
        assertThat(page(findings).select(".alert.good").text()).contains("No subject is in two sets");
        Runs other = new Runs();
        other.seed = 8;
        DatasetSplit mixed = new DatasetSplit(
                findings.split().training(), findings.split().validation(), other.findings().split().test());
        Map<String, byte[]> files = REPORT.report(findings.toBuilder().split(mixed).build());
        Document page = parsed(new String(files.get(RunReport.HTML), StandardCharsets.UTF_8));
        assertThat(page.select(".alert.bad").text()).contains("Not split by subject.", "test");
        assertThat(page.select(".alert.good").text()).doesNotContain("No subject is in two sets");
        assertThat(new String(files.get(RunReport.MODEL_CARD), StandardCharsets.UTF_8)).contains("**Not split by subject.**");
    }

    @Test
    void theCertificateOfTheSplitIsShown() {
        Runs run = new Runs();
        run.audited = true;
        Document page = page(run.findings());
        assertThat(page.select(".alert.good").text()).contains("Split audit passed.", "120 recordings compared");
        assertThat(row(page, "Split certificate", "Nearly identical audio in two sets")).containsExactly("0");
        assertThat(row(page, "Split certificate", "Noises in training")).containsExactly("3");
        assertThat(page.select("#data table").get(1).select("tbody tr")).as("a key that was renamed has no row").hasSize(12);
        assertThat(page.select("#data details").text()).contains("hospital");
        run.tooQuiet = List.of("audio/s1-0.wav");
        run.sharedNoises = List.of(new Leak(Leak.Kind.NOISE, "fan.wav", "training", "fan.wav", "evaluation"));
        page = page(run.findings());
        assertThat(page.select(".alert.good")).isEmpty();
        assertThat(page.select(".alerts .alert.bad").text()).contains("The same noises in two sets.");
        assertThat(page.select("#data .alert.bad").text()).contains("fan.wav");
        assertThat(page.select(".alert.warn").text()).contains("Too quiet to be audited. 1 recording");
        assertThat(page(new Runs().findings()).select(".alert.warn").text()).contains("The split was not audited.");
    }

    @Test
    void subjectsThatAreNotKnownAreWarnedOf() {
        Runs run = new Runs();
        run.recordingsEach = 1;
        run.subjectsKnown = false;
        Document page = page(run.findings());
        assertThat(page.select(".alert.bad").text()).contains("Subjects are not known.");
        assertThat(page.select(".alert.good")).isEmpty();
    }

    @Test
    void noProbeIsWarnedOfAndAFailedOneIsTheFirstThatIsSaid() {
        assertThat(page(new Runs().findings()).select(".alert.warn").text()).contains("No probe was run.");
        assertThat(page(withProbes().findings()).select(".alerts li").first().text())
                .isEqualTo("Probes failed: noise-only; the model must not be relied on.");
        Runs noisy = new Runs();
        noisy.probes = List.of(Runs.TRAINING_NOISE);
        Document warned = page(noisy.findings());
        assertThat(warned.select(".alert.warn").text()).contains("No probe was run.", "Warning: training-noise;");
        assertThat(warned.text()).contains("No probe was run: it is unknown if");
        Runs passed = new Runs();
        passed.probes = List.of(new ProbeResult("level", "?", ProbeResult.Verdict.PASSED, "No.", List.of()));
        assertThat(page(passed.findings()).select(".alert.good").text()).contains("All probes passed.");
    }

    @Test
    void theInconclusiveBandIsShown() {
        Runs run = new Runs();
        run.abstention = Abstention.coverageOf(0.5);
        TrainingRun findings = run.findings();
        Document page = page(findings);
        assertThat(page.select("#figures").text()).contains("A recording with a probability from");
        assertThat(row(page, "Recording-level metrics of the decided recordings", "n").get(0))
                .isEqualTo(findings.decidedMetrics().answers() + " recordings");
        assertThat(page.select("rect.undecided")).hasSize(2);
    }

    @Test
    void ofTheMistakesTheMostWrongAreShownWindowByWindow() {
        Runs run = new Runs();
        run.subjects = 200;
        run.calibration = new TemperatureScaling(2);
        TrainingRun findings = run.findings();
        List<String> wrong = Analysis.of(findings).mistakes().stream().map(one -> one.recording()).toList();
        assertThat(wrong).hasSizeGreaterThan(12);
        Document page = page(findings);
        Analysis.Mistaken most = Analysis.of(findings).mistaken().get(0);
        assertThat(row(page, "Subjects of the misclassified recordings, the first 12", most.subject()))
                .containsExactly(Long.toString(most.wrong()), "3");
        assertThat(page.select("#mistakes figure strong").eachText()).isEqualTo(wrong.subList(0, 12));
        assertThat(page.select("#mistakes figure")).allSatisfy(figure -> {
            assertThat(figure.select("circle")).hasSize(4);
            assertThat(figure.text()).contains("Seconds", "Probability");
        });
        assertThat(page.select("#mistakes").text()).contains("as it is before calibration");
    }

    @Test
    void withoutMistakesThatIsSaid() {
        Runs run = new Runs();
        run.perfect = true;
        Document page = page(run.findings());
        assertThat(page.select("#mistakes").text()).contains("All of the 48 test recordings are classified correctly.");
        assertThat(page.select("#mistakes figure")).isEmpty();
    }

    @Test
    void recordingsOfOneWindowAndRunsOfOneEpochAreDrawnToo() {
        Runs run = new Runs();
        run.windowsEach = 1;
        run.epochs = 1;
        Document page = page(run.findings());
        assertThat(page.outerHtml()).doesNotContain("NaN");
        assertThat(page.select("#mistakes figure circle")).isNotEmpty();
        assertThat(page.select("#losses-description").text()).startsWith("Over 1 epoch.");
    }

    @Test
    void fiveThousandTestRecordingsStayBelowThreeMegabytes() {
        Runs run = new Runs();
        run.subjects = 2500;
        run.recordingsEach = 5;
        Map<String, byte[]> files = REPORT.report(run.findings());
        assertThat(run.findings().test().scores()).hasSize(5000);
        assertThat(files.get(RunReport.HTML)).hasSizeLessThan(500_000);
        assertThat(files.get(RunReport.JSON)).hasSizeLessThan(3_000_000);
        assertThat(files.get(RunReport.MODEL_CARD)).hasSizeLessThan(20_000);
    }

    @Test
    void whatBelongsToTheOccasionIsOnThatPageAlone() {
        TrainingRun findings = new Runs().findings();
        Map<String, String> occasion = new LinkedHashMap<>();
        occasion.put("Begun", "2026-11-25 12:00");
        occasion.put("<b>Machine", "one & only");
        Document page = parsed(new String(REPORT.html(findings, occasion), StandardCharsets.UTF_8));
        assertThat(row(page, "The run", "Begun")).containsExactly("2026-11-25 12:00");
        assertThat(row(page, "The run", "<b>Machine")).containsExactly("one & only");
        assertThat(html(findings)).doesNotContain("Begun", "a detail with a path");
    }

    @Test
    void everyColourIsGivenForBothSchemesAndForPaper() {
        String style = page(new Runs().findings()).select("style").first().data();
        Set<String> used = new HashSet<>();
        for (Matcher colour = Pattern.compile("var\\((--[a-z-]+)\\)").matcher(style); colour.find(); ) {
            used.add(colour.group(1));
        }
        assertThat(used).contains("--ground", "--patient", "--control");
        for (String scheme : List.of(":root", "@media (prefers-color-scheme: dark)", "@media print")) {
            String block = style.substring(style.indexOf(scheme));
            block = block.substring(0, block.indexOf("\n}"));
            assertThat(used).as(scheme).allSatisfy(colour -> assertThat(style).contains(colour + ":"));
            for (String colour : used) {
                assertThat(block).as(scheme).contains(colour + ":");
            }
        }
    }

    @Test
    void theNoticeIsOnEveryFile() {
        REPORT.report(new Runs().findings()).forEach((name, content) ->
                assertThat(new String(content, StandardCharsets.UTF_8)).as(name).contains("For research; no medical device"));
    }
}
