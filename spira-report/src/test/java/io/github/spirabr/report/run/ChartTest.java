package io.github.spirabr.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.report.run.Chart.At;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static Chart chart() {
        return new Chart("c", "A chart", "What it shows.", Axis.share("x"), Axis.share("y"), 260);
    }

    private static Document drawn(Chart chart) {
        Markup page = new Markup();
        page.open("div");
        chart.write(page);
        page.close();
        return Jsoup.parse(new String(page.bytes(), StandardCharsets.UTF_8));
    }

    private static String path(Chart chart) {
        return drawn(chart).select("path.line").attr("d");
    }

    @Test
    void axesAreWhereTheyShouldBe() {
        assertThat(path(chart().line("any", List.of(new At(0, 0), new At(1, 1))))).isEqualTo("M46 218L348 18");
        assertThat(drawn(chart()).select("text.tick").eachText())
                .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0", "0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    }

    @Test
    void whatLiesOnAStraightLineIsLeftOutAndNoPeakIs() {
        assertThat(path(chart().line("any", IntStream.rangeClosed(0, 1000).mapToObj(i -> new At(i / 1000.0, 0.5)).toList())))
                .isEqualTo("M46 118L348 118");
        assertThat(path(chart().line("any", List.of(new At(0, 0), new At(0, 1), new At(0, 0.5), new At(1, 0.5)))))
                .isEqualTo("M46 218L46 18L46 118L348 118");
    }

    @Test
    void nothingIsDrawnOutside() {
        assertThat(path(chart().line("any", List.of(new At(-1, 2), new At(3, -4))))).isEqualTo("M46 18L348 218");
    }

    @Test
    void whoDoesNotSeeItIsToldOnce() {
        Document page = drawn(chart().note(0.5, "half"));
        assertThat(page.select("title").text()).isEqualTo("A chart");
        assertThat(page.select("desc").text()).isEqualTo("What it shows.");
        assertThat(page.select("g").attr("aria-hidden")).isEqualTo("true");
    }

    @Test
    void wholeNumbersHaveWholeTicks() {
        assertThat(Axis.whole("Epoch", 1, 2).ticks()).extracting(tick -> tick.label()).containsExactly("1", "2");
        assertThat(Axis.whole("Epoch", 1, 30).ticks()).extracting(tick -> tick.label()).containsExactly("10", "20", "30");
    }
}
