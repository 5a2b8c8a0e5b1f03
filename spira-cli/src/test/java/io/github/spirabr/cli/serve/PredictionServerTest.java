package io.github.spirabr.cli.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real requests to a real server with a real model. */
@Tag("slow")
class PredictionServerTest {

    private static final int MOST_BYTES = 1 << 20;
    private static final List<Path> RECORDINGS = SmallModels.recordings().subList(0, 8);

    @TempDir
    private static Path folder;

    private static ModelRepository models;
    private static ModelVersion first;
    private static ModelVersion second;
    private static PredictionServer server;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        models = FileSystemModelRepository.at(folder);
        first = SmallModels.train(models);
        second = models.save("spira", models.load(first));
        models.promote("champion", first, "test");
        server = open();
    }

    private static PredictionServer open() throws IOException {
        return PredictionServer.builder(models, "spira", "champion")
                .address(new InetSocketAddress("127.0.0.1", 0))
                .every(Duration.ZERO)
                .mostBytes(MOST_BYTES)
                .receiveWithin(Duration.ofSeconds(4))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> send(PredictionServer to, String method, String path, BodyPublisher body, String type)
            throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.port() + path))
                .method(method, body).header("Content-Type", type).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
        return send(server, "POST", path, BodyPublishers.ofByteArray(body), "application/octet-stream");
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(server, "GET", path, BodyPublishers.noBody(), "text/plain");
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return new ObjectMapper().readTree(response.body());
    }

    private static byte[] form(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            body.write(("--limit\r\nContent-Disposition: form-data; name=\"" + file.getKey() + "\"; filename=\"" + file.getKey()
                    + ".ogg\"\r\nContent-Type: audio/ogg\r\n\r\n").getBytes(UTF_8));
            body.write(file.getValue());
            body.write("\r\n".getBytes(UTF_8));
        }
        body.write("--limit\r\nContent-Disposition: form-data; name=\"ward\"\r\n\r\nB\r\n--limit--\r\n".getBytes(UTF_8));
        return body.toByteArray();
    }

    private static HttpResponse<String> postForm(String path, byte[] form) throws IOException, InterruptedException {
        return send(server, "POST", path, BodyPublishers.ofByteArray(form), "multipart/form-data; boundary=limit");
    }

    private static void assertRefused(HttpResponse<String> response, int status, String reason, String text)
            throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).get("reason").asText()).isEqualTo(reason);
        assertThat(json(response).get("error").asText()).contains(text);
    }

    @Test
    void underLoadEveryAnswerIsThePredictorsOwn() throws Exception {
        Map<Path, Prediction> expected = new HashMap<>();
        try (Predictor predictor = Predictor.open(models, first)) {
            for (Path recording : RECORDINGS) {
                expected.put(recording, predictor.predict("recording", Files.readAllBytes(recording)));
            }
        }
        ExecutorService clients = Executors.newFixedThreadPool(24);
        try {
            List<Future<?>> answers = new ArrayList<>();
            for (int i = 0; i < 96; i++) {
                Path recording = RECORDINGS.get(i % RECORDINGS.size());
                boolean asForm = i % 3 == 0;
                answers.add(clients.submit(() -> {
                    byte[] audio = Files.readAllBytes(recording);
                    HttpResponse<String> response =
                            asForm ? postForm("/predict", form(Map.of("recording", audio))) : post("/predict", audio);
                    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                    JsonNode json = json(response);
                    Prediction own = expected.get(recording);
                    assertThat(json.get("probability").asDouble()).isEqualTo(own.probability().orElseThrow());
                    assertThat(json.get("diagnosis").asText()).isEqualTo(own.diagnosis().name());
                    assertThat(json.get("windows")).hasSize(own.windows().size());
                    assertThat(json.at("/windows/1/start").asDouble()).isEqualTo(1);
                    assertThat(json.get("version").asInt()).isEqualTo(first.number());
                    assertThat(json.get("data").asText()).isEqualTo(own.dataFingerprint().orElseThrow());
                    return null;
                }));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
        } finally {
            clients.shutdownNow();
        }
        String metrics = get("/metrics").body();
        assertThat(metrics).containsPattern("spira_http_requests_total\\{path=\"/predict\",status=\"200\"} \\d+")
                .contains("spira_prediction_seconds_bucket", "spira_model_version " + first.number() + ".0");
    }

    @Test
    void sixtyFourThreadsGetWhatOneGetsBitForBit() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try (Predictor predictor = Predictor.open(models, first)) {
            List<Prediction> alone = all(predictor);
            CountDownLatch together = new CountDownLatch(64);
            List<Future<List<Prediction>>> answers = new ArrayList<>();
            for (int t = 0; t < 64; t++) {
                answers.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return all(predictor);
                }));
            }
            for (Future<List<Prediction>> answer : answers) {
                assertThat(answer.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Prediction> all(Predictor predictor) throws IOException {
        List<Prediction> answers = new ArrayList<>();
        for (Path recording : RECORDINGS.subList(0, 3)) {
            answers.add(predictor.predict("recording", Files.readAllBytes(recording)));
        }
        return answers;
    }

    @Test
    void severalFilesAreOneSubject() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("one", Files.readAllBytes(RECORDINGS.get(0)));
        files.put("two", Files.readAllBytes(RECORDINGS.get(1)));
        JsonNode answer = json(postForm("/predict", form(files)));
        assertThat(answer.get("recordings")).extracting(one -> one.get("recording").asText()).containsExactly("one", "two");
        assertThat(answer.get("subject").asText()).isEqualTo("subject");
    }

    @Test
    void theSpiraFormIsAnswered() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("frase", Files.readAllBytes(RECORDINGS.get(0)));
        files.put("aceite", Files.readAllBytes(RECORDINGS.get(1)));
        JsonNode answer = json(postForm("/inferences/63a1", form(files)));
        assertThat(answer.fieldNames()).toIterable().containsExactly("inference_id", "output", "diagnosis");
        assertThat(answer.get("inference_id").asText()).isEqualTo("63a1");
        assertThat(answer.get("output")).hasSize(2);
        assertThat(answer.get("diagnosis").asText()).isIn("positive", "negative", "inconclusive");
        Map<String, Path> recordings = new LinkedHashMap<>();
        recordings.put("frase", RECORDINGS.get(0));
        recordings.put("aceite", RECORDINGS.get(1));
        assertThat(json(AskAsSpira.ask(URI.create("http://127.0.0.1:" + server.port()), "63a1", recordings))).isEqualTo(answer);
        assertRefused(postForm("/inferences/63a1", form(Map.of("cough", files.get("frase")))), 400, "BAD_REQUEST", "[cough]");
    }

    @Test
    void badUploadsAreToldWhatIsWrong() throws Exception {
        assertRefused(post("/predict", new byte[0]), 400, "EMPTY", "recording is empty");
        assertRefused(post("/predict", "no audio at all".getBytes(UTF_8)), 422, "NOT_AUDIO", "recording");
        assertRefused(post("/predict", new byte[MOST_BYTES + 1]), 413, "TOO_LARGE", "1048576 bytes");
        assertRefused(postForm("/predict", form(Map.of())), 400, "EMPTY", "the form has no file");
        assertRefused(postForm("/predict", "no form".getBytes(UTF_8)), 400, "EMPTY", "the form has no file");
        byte[] form = form(Map.of("recording", Files.readAllBytes(RECORDINGS.get(0))));
        byte[] cut = Arrays.copyOf(form, form.length / 2);
        assertThat(postForm("/predict", cut).statusCode()).isEqualTo(400);
        byte[] broken = Arrays.copyOf(Files.readAllBytes(RECORDINGS.get(0)), 200);
        assertThat(post("/predict", broken).statusCode()).isEqualTo(422);
        assertRefused(get("/predict"), 405, "METHOD", "POST");
        assertThat(get("/predict").headers().firstValue("Allow")).contains("POST");
        assertRefused(post("/health", new byte[1]), 405, "METHOD", "GET");
        assertRefused(get("/elsewhere"), 404, "NOT_FOUND", "POST /predict");
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyThatNeverEndsIsCutOff() throws Exception {
        BodyPublisher endless = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[3 * MOST_BYTES]));
        try {
            assertThat(send(server, "POST", "/predict", endless, "application/octet-stream").statusCode()).isEqualTo(413);
        } catch (IOException disconnected) {
            // The server answers and hangs up while the client still sends; what it sees first is the client's affair.
            assertThat(disconnected).isNotNull();
        }
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            request(socket, "Content-Length: 99999999999\r\n");
            assertThat(answer(socket)).startsWith("HTTP/1.1 413").contains("TOO_LARGE");
        }
    }

    private static void request(Socket socket, String headers) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(("POST /predict HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n").getBytes(ISO_8859_1));
        out.flush();
    }

    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void aBodyThatEndsTooEarlyIsNoRecording() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            request(socket, "Content-Length: 5000\r\n");
            socket.getOutputStream().write(new byte[100]);
            socket.shutdownOutput();
            assertThat(answer(socket)).startsWith("HTTP/1.1 400").contains("TRUNCATED", "could not be read to its end");
        }
    }

    @Test
    void aClientThatIsTooSlowIsDisconnectedAndTheOthersAreAnswered() throws Exception {
        try (Socket slow = new Socket("127.0.0.1", server.port())) {
            request(slow, "Content-Length: 5000\r\n");
            slow.getOutputStream().write(new byte[100]);
            slow.getOutputStream().flush();
            assertThat(post("/predict", Files.readAllBytes(RECORDINGS.get(0))).statusCode()).isEqualTo(200);
            slow.setSoTimeout(60_000);
            assertThat(disconnected(slow)).isTrue();
        }
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    /** Waits for the end of the connection, whichever way it comes. */
    private static boolean disconnected(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                continue;
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void theNextChampionAnswersAndRequestsOnTheirWayAreFinished() throws Exception {
        PredictionServer other = open();
        assertThatThrownBy(() -> PredictionServer.builder(models, "spira", "champion")
                .address(new InetSocketAddress("127.0.0.1", other.port())).start())
                .isInstanceOf(IOException.class).hasMessageContaining("cannot listen at");
        byte[] audio = Files.readAllBytes(RECORDINGS.get(0));
        ExecutorService closer = Executors.newSingleThreadExecutor();
        try (Socket socket = new Socket("127.0.0.1", other.port())) {
            models.promote("challenger", second, "test");
            assertThat(json(send(other, "GET", "/health", BodyPublishers.noBody(), "text/plain")).get("version").asInt())
                    .isEqualTo(first.number());
            models.promote("champion", second, "test");
            other.predictor().refresh();
            models.promote("champion", first, "test");
            request(socket, "Content-Length: " + audio.length + "\r\nConnection: close\r\n");
            socket.getOutputStream().write(audio, 0, 10);
            socket.getOutputStream().flush();
            awaitActive(other);
            Future<?> closed = closer.submit(other::close);
            HttpResponse<String> health;
            do {
                health = send(other, "GET", "/health", BodyPublishers.noBody(), "text/plain");
            } while (health.statusCode() == 200);
            assertThat(json(health).get("status").asText()).isEqualTo("stopping");
            assertThat(send(other, "POST", "/predict", BodyPublishers.ofByteArray(audio), "audio/ogg").statusCode())
                    .isEqualTo(503);
            socket.getOutputStream().write(audio, 10, audio.length - 10);
            socket.getOutputStream().flush();
            assertThat(answer(socket)).startsWith("HTTP/1.1 200").contains("\"version\":" + second.number());
            closed.get(60, TimeUnit.SECONDS);
            assertThatThrownBy(() -> send(other, "GET", "/health", BodyPublishers.noBody(), "text/plain"))
                    .isInstanceOf(IOException.class);
        } finally {
            closer.shutdownNow();
        }
    }

    /** A service that answers is ready: the network has answered, and no request of a client was counted. */
    @Test
    void theFirstPredictionIsMadeBeforeTheServerListens() throws Exception {
        try (PredictionServer fresh = open()) {
            String metrics = send(fresh, "GET", "/metrics", BodyPublishers.noBody(), "text/plain").body();
            assertThat(metrics).containsPattern("spira_warm_up_seconds (0\\.0*[1-9]|[1-9])")
                    .contains("spira_prediction_seconds_count 0");
            Prediction warmUp = WarmUp.ask(fresh.predictor());
            assertThat(warmUp.windows()).hasSize(10);
            assertThat(warmUp.reasons()).isEmpty();
        }
    }

    @Test
    void theCommandServesAndStopsWhenItIsTold() throws Exception {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                "io.github.spirabr.cli.Spira", "serve", "--models", folder.toString(), "--port", "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader out = process.inputReader(UTF_8)) {
            String line = out.readLine();
            assertThat(line).matches("spira version \\d+ \\(champion\\) answers at http://127.0.0.1:\\d+; for research, no medical finding");
            URI health = URI.create(line.replaceAll(".*(http://[0-9.:]+);.*", "$1/health"));
            HttpResponse<String> answer = CLIENT.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString());
            assertThat(json(answer).get("status").asText()).isEqualTo("up");
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> CLIENT.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Until the server works on the half-sent request beside the one that asks. */
    private static void awaitActive(PredictionServer other) throws IOException, InterruptedException {
        String metrics;
        do {
            metrics = send(other, "GET", "/metrics", BodyPublishers.noBody(), "text/plain").body();
        } while (!metrics.contains("spira_http_requests_active 2.0"));
    }
}
