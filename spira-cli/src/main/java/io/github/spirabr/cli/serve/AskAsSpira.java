package io.github.spirabr.cli.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Asks {@code spira serve} as SPIRA's services do: a patient's recordings go in by their names, {@code aceite}, {@code
 * sustentada}, {@code parlenda} and {@code frase}, and the message with {@code inference_id}, {@code output} and {@code
 * diagnosis} comes back.
 */
public final class AskAsSpira {

    private AskAsSpira() {}

    /**
     * Arguments: the server's address, such as {@code http://127.0.0.1:8080}, the inference's id, and recordings, such as
     * {@code frase=frase.wav}.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 3) {
            System.err.println("usage: AskAsSpira ADDRESS ID NAME=FILE...; the names are aceite, sustentada, parlenda, frase");
            System.exit(2);
        }
        Map<String, Path> recordings = new LinkedHashMap<>();
        for (int i = 2; i < arguments.length; i++) {
            String[] words = arguments[i].split("=", 2);
            recordings.put(words[0], Path.of(words[words.length - 1]));
        }
        HttpResponse<String> response = ask(URI.create(arguments[0]), arguments[1], recordings);
        System.out.print(response.body());
        System.exit(response.statusCode() == 200 ? 0 : 1);
    }

    static HttpResponse<String> ask(URI server, String inferenceId, Map<String, Path> recordings)
            throws IOException, InterruptedException {
        String boundary = "spira-" + UUID.randomUUID();
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (Map.Entry<String, Path> recording : recordings.entrySet()) {
            form.write(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + recording.getKey() + "\"; filename=\""
                    + recording.getValue().getFileName() + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            form.write(Files.readAllBytes(recording.getValue()));
            form.write("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        form.write(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/inferences/" + inferenceId))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .timeout(Duration.ofMinutes(1))
                .POST(HttpRequest.BodyPublishers.ofByteArray(form.toByteArray()))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
