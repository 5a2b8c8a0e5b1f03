package io.github.spirabr.report.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.continuous.InputDrift;
import io.github.spirabr.core.continuous.QuarantinedRecording;
import io.github.spirabr.core.continuous.Round;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.promotion.PromotionGate;
import io.github.spirabr.core.recording.Label;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class HistoryPageTest {

    private static final String HOSTILE = "<script>alert(1)</script> & \"co\" \u0001";

    private static MetricEstimate auroc(double value) {
        return MetricEstimate.builder(Metric.AUROC, value)
                .interval(value - 0.1, value + 0.05)
                .answers(20)
                .subjects(10)
                .imprecise(true)
                .build();
    }

    private static Round round(int number, Round.Outcome outcome, double challenger, double champion) {
        boolean judged = outcome.judged();
        PromotionGate.Verdict verdict = judged ? new PromotionGate.Verdict(
                PromotionGate.Verdict.Outcome.valueOf(outcome.name()), "because", List.of(PromotionGate.Check
                        .builder("AUROC", PromotionGate.Check.Result.PASSED, "found " + HOSTILE)
                        .value(0)
                        .interval(0, 0)
                        .bound(0)
                        .recordings(20)
                        .subjects(10)
                        .build())) : null;
        return Round.builder()
                .number(number).outcome(outcome).explanation("why " + HOSTILE).times(judged ? 1 : 3).holder("ana")
                .trigger(judged ? Optional.of("enough") : Optional.empty())
                .data(Round.Data.builder().listed("l").version("0123456789abcdef").listedRecordings(50 * number)
                        .recordings(48 * number).subjects(12).newRecordings(5).newSubjects(1).trainingSubjects(8)
                        .validationSubjects(2).testSubjects(judged ? 2 : 0).build())
                .quarantined(List.of(
                        new QuarantinedRecording(HOSTILE, "s", Label.PATIENT, QuarantinedRecording.Reason.UNREADABLE, "bad " + HOSTILE)))
                .drift(Optional.of(new InputDrift(5, 40, 2, List.of(
                        new InputDrift.Measure("codec", 3.5, 0, InputDrift.Measure.Verdict.MAJOR)))))
                .champion(number == 1 ? Optional.empty() : Optional.of(1))
                .challenger(judged ? Optional.of(number) : Optional.empty())
                .verdict(Optional.ofNullable(verdict))
                .challengerMetrics(MetricEstimates.of(judged ? List.of(auroc(challenger)) : List.of()))
                .championMetrics(MetricEstimates.of(number > 1 && judged ? List.of(auroc(champion)) : List.of()))
                .build();
    }

    private static final List<Round> ROUNDS = List.of(
            round(1, Round.Outcome.FIRST_CHAMPION, 0.8, 0), round(2, Round.Outcome.NOTHING_NEW, 0, 0),
            round(3, Round.Outcome.REJECTED, 0.6, 0.82), round(4, Round.Outcome.PROMOTED, 0.9, 0.8));

    private static Document page(List<Round> rounds) {
        return Jsoup.parse(new String(HistoryPage.of("spira", rounds).bytes(), UTF_8));
    }

    @Test
    void everyRoundHasItsPlaceWithItsNumbers() {
        Document page = page(ROUNDS);

        assertThat(page.select("h1").text()).isEqualTo("spira");
        assertThat(page.select(".notice").text())
                .isEqualTo("4 rounds. The rounds' champion is version 4, promoted in round 4.");
        assertThat(page.select("section.probe h3").eachText()).containsExactly(
                "FIRST_CHAMPION Round 1", "NOTHING_NEW Round 2", "REJECTED Round 3", "PROMOTED Round 4");
        assertThat(page.select("#round-3 td bdi").eachText()).contains("0.600", "0.820");
        assertThat(page.select("#round-3 td .interval").eachText()).contains("0.500 to 0.650", "0.720 to 0.870");
        assertThat(page.select("#round-1").text()).contains("MAJOR (codec); 2 of them unlike the training set");
        assertThat(page.select("#round-2").text()).contains("3 times until").doesNotContain("held out");
    }

    @Test
    void theChartShowsChampionsAndChallengers() {
        Element chart = page(ROUNDS).select("svg").first();

        assertThat(chart.select("desc").text()).isEqualTo("The challengers': round 1 0.800 FIRST_CHAMPION, round 3 0.600"
                + " REJECTED, round 4 0.900 PROMOTED.");
        assertThat(chart.select("path.whisker")).hasSize(3);
        assertThat(chart.select("circle.first")).hasSize(2);
        assertThat(chart.select("circle.here")).hasSize(1);
        assertThat(chart.select("text.note").eachText()).containsExactly("v1", "v4");
    }

    @Test
    void nothingInItCanBeRun() throws Exception {
        byte[] bytes = HistoryPage.of("spira", ROUNDS).bytes();

        assertThat(page(ROUNDS).select("script, link, img, iframe")).isEmpty();
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
        assertThat(HistoryPage.of("spira", ROUNDS).bytes()).isEqualTo(bytes);
    }

    @Test
    void withoutRoundsItSaysSo() {
        assertThat(page(List.of()).select(".notice").text())
                .isEqualTo("No round has been run.");
    }
}
