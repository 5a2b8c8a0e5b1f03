package io.github.spirabr.cli.serve;

import io.github.spirabr.core.registry.ModelVersion;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The counters and gauges of the service, for Prometheus. Thread-safe. */
final class ServiceMetrics {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("spira_http_requests_total").help("Answered requests by path and status.").labelNames("path", "status")
            .register(registry);
    private final Counter diagnoses = Counter.builder()
            .name("spira_predictions_total").help("Predictions by diagnosis.").labelNames("diagnosis").register(registry);
    private final Histogram seconds = Histogram.builder()
            .name("spira_prediction_seconds").help("Time of a prediction, from bytes to answer.")
            .classicOnly().classicUpperBounds(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12)
            .register(registry);
    private final Gauge version = Gauge.builder()
            .name("spira_model_version").help("Number of the version that answers.").register(registry);
    private final Counter failures = Counter.builder()
            .name("spira_alias_failures_total").help("How often the alias could not be followed.").register(registry);
    private final Gauge warmUp = Gauge.builder()
            .name("spira_warm_up_seconds").help("Time of the first prediction, before the service answered.").register(registry);
    private final Gauge active = Gauge.builder()
            .name("spira_http_requests_active").help("Requests that are worked on.").register(registry);

    void request(String path, int status) {
        requests.labelValues(path, Integer.toString(status)).inc();
    }

    /**
     * Counts a prediction.
     *
     * @param diagnosis diagnosis in upper or lower case
     * @param took time that the answer took, in seconds
     */
    void prediction(String diagnosis, double took) {
        diagnoses.labelValues(diagnosis.toUpperCase(Locale.ROOT)).inc();
        seconds.observe(took);
    }

    void answering(ModelVersion model) {
        version.set(model.number());
    }

    /**
     * Notes the first prediction.
     *
     * @param took time that the answer took, in seconds
     */
    void warmedUp(double took) {
        warmUp.set(took);
    }

    void failedToFollow() {
        failures.inc();
    }

    void active(int requestsNow) {
        active.set(requestsNow);
    }

    /** All of it in the text format of Prometheus. */
    byte[] text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }
}
