package io.github.spirabr.cli.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.prediction.FollowingPredictor;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.prediction.SubjectPrediction;
import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests. Thread-safe. */
final class Resources implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREDICT = "/predict";
    private static final String INFERENCES = "/inferences/";
    private static final String HEALTH = "/health";
    private static final String METRICS = "/metrics";

    private final FollowingPredictor predictor;
    private final ServiceMetrics metrics;
    private final long mostBytes;
    private final Semaphore turns;
    private final Duration answerWithin;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition finished = lock.newCondition();
    private int active;
    private boolean draining;

    Resources(FollowingPredictor predictor, ServiceMetrics metrics, long mostBytes, int atOnce, Duration answerWithin) {
        this.predictor = predictor;
        this.metrics = metrics;
        this.mostBytes = mostBytes;
        this.turns = new Semaphore(atOnce, true);
        this.answerWithin = answerWithin;
    }

    private record Answer(int status, String type, byte[] content) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean refused = !begin();
        try (exchange) {
            Answer answer = refused && !path.equals(HEALTH)
                    ? failure(new HttpFailure(503, "STOPPING", "the service is stopping")) : answer(exchange, path);
            metrics.request(known(path), answer.status());
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            if (answer.status() == 503) {
                exchange.getResponseHeaders().set("Retry-After", "1");
            }
            if (answer.status() >= 400) {
                // What was not read of the request would be taken for the next one.
                exchange.getResponseHeaders().set("Connection", "close");
            }
            exchange.sendResponseHeaders(answer.status(), answer.content().length);
            OutputStream out = exchange.getResponseBody();
            out.write(answer.content());
            out.flush();
            if (answer.status() >= 400) {
                Upload.discard(exchange, mostBytes);
            }
        } catch (IOException e) {
            LOG.debug("a client went away from {}: {}", path, e.getMessage());
        } finally {
            end(refused);
        }
    }

    /** Paths that anybody may think of are counted as one. */
    private static String known(String path) {
        if (path.startsWith(INFERENCES)) {
            return "/inferences";
        }
        return path.equals(PREDICT) || path.equals(HEALTH) || path.equals(METRICS) ? path : "other";
    }

    private Answer answer(HttpExchange exchange, String path) {
        try {
            return switch (known(path)) {
                case HEALTH -> {
                    require(exchange, "GET");
                    yield health();
                }
                case METRICS -> {
                    require(exchange, "GET");
                    yield new Answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
                }
                case PREDICT -> {
                    require(exchange, "POST");
                    yield json(200, predict(Upload.read(exchange, mostBytes)));
                }
                case "/inferences" -> {
                    require(exchange, "POST");
                    yield json(200, inference(path.substring(INFERENCES.length()), Upload.read(exchange, mostBytes)));
                }
                default -> throw new HttpFailure(404, "NOT_FOUND", "there is no " + path
                        + "; there are POST /predict, POST /inferences/ID, GET /health and GET /metrics");
            };
        } catch (HttpFailure e) {
            return failure(e);
        } catch (AudioException e) {
            return failure(new HttpFailure(422, e.reason().name(), e.getMessage()));
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.error("{} {} failed", exchange.getRequestMethod(), path, e);
            return failure(new HttpFailure(500, "INTERNAL", "the service failed; its log says why"));
        }
    }

    private static void require(HttpExchange exchange, String method) throws HttpFailure {
        if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            throw new HttpFailure(405, "METHOD", "this takes " + method + ", but got " + exchange.getRequestMethod());
        }
    }

    private Answer health() {
        Map<String, Object> health = new LinkedHashMap<>();
        boolean stopping = stopping();
        health.put("status", stopping ? "stopping" : "up");
        health.put("model", predictor.version().name());
        health.put("version", predictor.version().number());
        predictor.failure().ifPresent(failure -> health.put("following", "failed: " + failure.getMessage()));
        return json(stopping ? 503 : 200, health);
    }

    private Map<String, ?> predict(Map<String, byte[]> recordings) throws HttpFailure {
        if (recordings.size() > 1) {
            SubjectPrediction answer = ask(asked -> asked.predictSubject("subject", sources(recordings)));
            return PredictionJson.of(answer);
        }
        Map.Entry<String, byte[]> recording = recordings.entrySet().iterator().next();
        Prediction answer = ask(asked -> asked.predict(recording.getKey(), recording.getValue()));
        return PredictionJson.of(answer);
    }

    private Map<String, ?> inference(String id, Map<String, byte[]> recordings) throws HttpFailure {
        if (id.isEmpty() || id.length() > 200) {
            throw new HttpFailure(404, "NOT_FOUND", "the path is /inferences/ID, with an id of 1 to 200 characters");
        }
        try {
            SpiraInference answer = ask(asked -> SpiraInference.of(asked, id, sources(recordings)));
            return PredictionJson.of(answer);
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(400, "BAD_REQUEST", e.getMessage());
        }
    }

    private static Map<String, AudioSource> sources(Map<String, byte[]> recordings) {
        Map<String, AudioSource> sources = new LinkedHashMap<>();
        recordings.forEach((name, bytes) -> sources.put(name, AudioSource.ofBytes(name, bytes)));
        return sources;
    }

    /** More predictions at a time than there are processors would only make all of them late. */
    private <R> R ask(Function<Predictor, R> question) throws HttpFailure {
        try {
            if (!turns.tryAcquire(answerWithin.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new HttpFailure(503, "BUSY", "the service is busy; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpFailure(503, "STOPPING", "the service is stopping");
        }
        try {
            long begun = System.nanoTime();
            R answer = predictor.ask(question);
            double took = (System.nanoTime() - begun) / 1e9;
            if (answer instanceof Prediction one) {
                metrics.prediction(one.diagnosis().name(), took);
            } else if (answer instanceof SubjectPrediction subject) {
                metrics.prediction(subject.diagnosis().name(), took);
            } else if (answer instanceof SpiraInference inference) {
                metrics.prediction(inference.diagnosis(), took);
            }
            return answer;
        } finally {
            turns.release();
        }
    }

    private static Answer failure(HttpFailure failure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("error", failure.getMessage());
        json.put("reason", failure.reason());
        return json(failure.status(), json);
    }

    private static Answer json(int status, Object value) {
        try {
            byte[] line = (JSON.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
            return new Answer(status, "application/json", line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("only values that JSON knows are written", e);
        }
    }

    private boolean begin() {
        lock.lock();
        try {
            if (draining) {
                return false;
            }
            metrics.active(++active);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void end(boolean refused) {
        lock.lock();
        try {
            if (!refused) {
                metrics.active(--active);
                finished.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean stopping() {
        lock.lock();
        try {
            return draining;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses new requests, and waits for the others. */
    void drain(Duration grace) {
        lock.lock();
        try {
            draining = true;
            long left = grace.toNanos();
            while (active > 0 && left > 0) {
                left = finished.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
