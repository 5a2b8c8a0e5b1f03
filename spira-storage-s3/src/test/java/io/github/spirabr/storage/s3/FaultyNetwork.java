package io.github.spirabr.storage.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * A proxy in front of a server, which does harm to a part of the requests: each at random, by a seed.
 * Every connection carries one request.
 */
final class FaultyNetwork implements AutoCloseable {

    /** Kinds of harm. */
    enum Fault {
        /** The server answers so, and has done nothing. */
        STATUS_500, STATUS_503, STATUS_429,
        /** The server answers so, although it did what was asked. */
        STATUS_500_AFTERWARDS,
        /** The connection breaks before the server hears of the request. */
        LOST_REQUEST,
        /** The server did what was asked, and the connection breaks before it answers. */
        LOST_ANSWER,
        /** The connection is reset before the server hears of the request. */
        RESET_BEFORE,
        /** The server did what was asked, and the connection is reset before it answers. */
        RESET_AFTERWARDS,
        /** The connection ends in the middle of the answer. */
        HALF_ANSWER,
        /** The connection ends after a line of the answer's header, or within one. */
        HALF_HEADER,
        /** A gateway answers 200 without a body and without the server's headers, and the server hears of nothing. */
        EMPTY_ANSWER,
        /** The server did what was asked, and a gateway answers 200 without a body and without the server's headers. */
        EMPTY_ANSWER_AFTERWARDS,
        /** The server gets the request twice; the second answer comes back. */
        DUPLICATED_REQUEST,
        /** An earlier answer to the same listing comes back. */
        STALE_LIST,
        /** The server tells of another write of the same object, and writes nothing. */
        CONFLICT,
        /** Nothing comes any more. */
        STALL,
        /** One bit of an object's content changes on its way to the server. */
        ALTERED_REQUEST,
        /** One bit of an object's content changes on its way from the server. */
        ALTERED_ANSWER
    }

    /** A request as it was made, and whether it came through unharmed. */
    record Seen(String method, String path, boolean harmed) {}

    private final URI server;
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<Fault> faults;
    private final Map<String, List<byte[]>> listings = new ConcurrentHashMap<>();
    private final Predicate<String> harmful;
    private final Random random;
    private volatile double rate;

    /**
     * Begins to listen.
     *
     * @param rate of the requests that are harmed, 0 to 1
     */
    FaultyNetwork(URI server, List<Fault> faults, double rate, long seed) throws IOException {
        this(server, faults, rate, seed, request -> true);
    }

    /**
     * Begins to listen.
     *
     * @param harmful the requests that may be harmed, such as {@code GET /bucket/key}
     */
    FaultyNetwork(URI server, List<Fault> faults, double rate, long seed, Predicate<String> harmful) throws IOException {
        this.harmful = harmful;
        this.server = server;
        this.faults = faults;
        this.rate = rate;
        this.random = new Random(seed);
        this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.submit(this::accept);
    }

    /** Sets the rate of the requests that are harmed from now on. */
    void rate(double harmed) {
        this.rate = harmed;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Returns a bucket behind this network, by a client that waits for 0.7 s and does not pause for long. */
    S3Connection connection(String bucket, int attempts) {
        return connection(bucket, attempts, Duration.ofMillis(700));
    }

    /** Returns a bucket behind this network, by a client that does not pause for long. */
    S3Connection connection(String bucket, int attempts, Duration silence) {
        return S3Connection.builder()
                .bucket(bucket)
                .endpoint(endpoint())
                .pathStyle(true)
                .attempts(attempts)
                .silenceLimit(silence)
                .timeLimit(Duration.ofSeconds(60))
                .pauses(Duration.ofMillis(1), Duration.ofMillis(20))
                .build();
    }

    /** All requests so far. */
    List<Seen> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                threads.submit(() -> serve(client));
            } catch (IOException e) {
                // Closed: the test is over.
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Message request = Message.read(client.getInputStream());
            if (request == null) {
                return;
            }
            Fault fault = fault(request);
            seen.add(new Seen(request.method(), request.path(), fault != null));
            if (fault == null) {
                client.getOutputStream().write(forward(request));
            } else {
                harm(request, client, fault);
            }
        } catch (IOException e) {
            // The client or the test has closed the connection.
            return;
        } finally {
            open.remove(client);
        }
    }

    private void harm(Message request, Socket client, Fault fault) throws IOException {
        switch (fault) {
            case STATUS_500 -> answer(client, 500, "InternalError");
            case STATUS_503 -> answer(client, 503, "SlowDown");
            case STATUS_429 -> answer(client, 429, "TooManyRequests");
            case STATUS_500_AFTERWARDS -> {
                forward(request);
                answer(client, 500, "InternalError");
            }
            case LOST_REQUEST -> client.close();
            case LOST_ANSWER -> {
                forward(request);
                client.close();
            }
            case RESET_BEFORE -> reset(client);
            case RESET_AFTERWARDS -> {
                forward(request);
                reset(client);
            }
            case HALF_HEADER -> client.getOutputStream().write(cutInHeader(forward(request)));
            case EMPTY_ANSWER -> emptyAnswer(client);
            case EMPTY_ANSWER_AFTERWARDS -> {
                forward(request);
                emptyAnswer(client);
            }
            case DUPLICATED_REQUEST -> {
                forward(request);
                client.getOutputStream().write(forward(request));
            }
            case STALE_LIST -> {
                List<byte[]> earlier = listings.get(request.path());
                client.getOutputStream().write(earlier.get(random() % earlier.size()));
            }
            case CONFLICT -> answer(client, 409, "ConditionalRequestConflict");
            case HALF_ANSWER -> {
                byte[] answer = forward(request);
                client.getOutputStream().write(answer, 0, answer.length - 1 - answer.length / 3);
            }
            case STALL -> {
                // Until the client gives up.
                while (client.getInputStream().read() >= 0) {
                    continue;
                }
            }
            case ALTERED_REQUEST -> client.getOutputStream().write(forward(request.altered(random())));
            case ALTERED_ANSWER ->
                    client.getOutputStream().write(Message.parse(forward(request)).altered(random()).bytes());
            default -> throw new IllegalStateException(fault.name());
        }
    }

    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    /** Cuts at the end of a line as often as within one. */
    private byte[] cutInHeader(byte[] answer) {
        String head = Message.parse(answer).head();
        List<Integer> lines = new ArrayList<>();
        for (int end = head.indexOf("\r\n"); end < head.length() - 4; end = head.indexOf("\r\n", end + 2)) {
            lines.add(end + 2);
        }
        int chosen = random();
        return Arrays.copyOf(answer, chosen % 2 == 0 ? lines.get(chosen / 2 % lines.size()) : 1 + chosen % (head.length() - 4));
    }

    private static void emptyAnswer(Socket client) throws IOException {
        client.getOutputStream().write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
    }

    /** Returns the harm that is to be done to a request; null for none. */
    private Fault fault(Message request) {
        synchronized (random) {
            if (random.nextDouble() >= rate || !harmful.test(request.method() + " " + request.path())) {
                return null;
            }
            List<Fault> possible = faults.stream().filter(fault -> switch (fault) {
                case ALTERED_REQUEST -> request.body.length > 0;
                // A listing carries no checksum; what alters it is for TLS to find.
                case ALTERED_ANSWER -> request.method().equals("GET") && !request.path().contains("?");
                case STALE_LIST -> listings.containsKey(request.path());
                case CONFLICT -> request.isConditional();
                default -> true;
            }).toList();
            return possible.isEmpty() ? null : possible.get(random.nextInt(possible.size()));
        }
    }

    private int random() {
        synchronized (random) {
            return random.nextInt(Integer.MAX_VALUE);
        }
    }

    private byte[] forward(Message request) throws IOException {
        try (Socket upstream = new Socket(server.getHost(), server.getPort())) {
            upstream.getOutputStream().write(request.closing().bytes());
            byte[] answer = upstream.getInputStream().readAllBytes();
            if (request.path().contains("list-type=2")) {
                listings.computeIfAbsent(request.path(), any -> Collections.synchronizedList(new ArrayList<>())).add(answer);
            }
            return answer;
        }
    }

    private static void answer(Socket client, int status, String code) throws IOException {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code></Error>";
        client.getOutputStream().write(("HTTP/1.1 " + status + " " + code + "\r\nContent-Type: application/xml\r\n"
                + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket each : open) {
            each.close();
        }
        threads.shutdownNow();
    }

    /** A request or an answer. */
    private record Message(String head, byte[] body) {

        static Message read(InputStream input) throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = input.read();
                if (next < 0) {
                    return null;
                }
                head.write(next);
            }
            String text = head.toString(ISO_8859_1);
            int length = 0;
            for (String line : text.split("\r\n")) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
                }
            }
            return new Message(text, input.readNBytes(length));
        }

        static Message parse(byte[] bytes) {
            String text = new String(bytes, ISO_8859_1);
            int end = text.indexOf("\r\n\r\n") + 4;
            return new Message(text.substring(0, end), text.substring(end).getBytes(ISO_8859_1));
        }

        String method() {
            return head.substring(0, head.indexOf(' '));
        }

        boolean isConditional() {
            return head.toLowerCase(Locale.ROOT).matches("(?s)put .*\r\nif-(none-)?match:.*");
        }

        String path() {
            return head.split(" ", 3)[1];
        }

        Message closing() {
            String kept = head.replaceAll("(?i)\r\nconnection:[^\r]*", "");
            return new Message(kept.substring(0, kept.length() - 2) + "Connection: close\r\n\r\n", body);
        }

        Message altered(int random) {
            byte[] changed = body.clone();
            if (changed.length > 0) {
                changed[random % changed.length] ^= (byte) (1 << random % 8);
            }
            return new Message(head, changed);
        }

        byte[] bytes() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(head.getBytes(ISO_8859_1));
            bytes.writeBytes(body);
            return bytes.toByteArray();
        }
    }
}
