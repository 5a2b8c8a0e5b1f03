package io.github.spirabr.cli.serve;

import com.sun.net.httpserver.HttpServer;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.prediction.FollowingPredictor;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server around a predictor that follows an alias, on the server that every JDK has
 * ({@code com.sun.net.httpserver}): an example to start from, without authentication or TLS, to be put behind a proxy that
 * has both. Its resources:
 *
 * <ul>
 *   <li>{@code POST /predict}: a recording as the body, or as a form's one file; of several files, one answer for their
 *       subject. JSON.
 *   <li>{@code POST /inferences/ID}: a form with SPIRA's recordings; JSON as SPIRA's inference service sends it.
 *   <li>{@code GET /health}: 200 while it answers, 503 while it stops. The server listens after a first prediction of its own.
 *   <li>{@code GET /metrics}: text for Prometheus.
 * </ul>
 *
 * Thread-safe.
 */
public final class PredictionServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PredictionServer.class);

    private final FollowingPredictor predictor;
    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Resources resources;
    private final Duration grace;

    private PredictionServer(Builder builder) throws IOException {
        this.grace = builder.grace;
        ServiceMetrics metrics = new ServiceMetrics();
        FollowingPredictor.Builder following = FollowingPredictor.builder(builder.models, builder.name, builder.alias)
                .components(builder.components)
                .every(builder.every)
                .listener(new Reports(metrics));
        this.predictor = (builder.orNewest ? following.orNewest() : following).open();
        metrics.answering(predictor.version());
        warmUp(metrics);
        // Read once by the JDK's server, in seconds: whoever sends too slowly is disconnected.
        System.setProperty("sun.net.httpserver.maxReqTime", Long.toString(builder.receiveWithin.toSeconds()));
        System.setProperty("sun.net.httpserver.maxRspTime", Long.toString(2 * builder.receiveWithin.toSeconds()));
        this.resources = new Resources(predictor, metrics, builder.mostBytes, builder.atOnce, builder.answerWithin);
        this.threads = new ThreadPoolExecutor(builder.connections, builder.connections, 1, TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(4 * builder.connections), runnable -> new Thread(runnable, "spira-http"));
        threads.allowCoreThreadTimeOut(true);
        try {
            this.server = HttpServer.create(builder.address, builder.connections);
        } catch (IOException e) {
            predictor.close();
            throw new IOException("cannot listen at " + builder.address + ": " + e.getMessage(), e);
        }
        server.setExecutor(threads);
        server.createContext("/", resources);
        server.start();
        LOG.info("{} answers at {}", predictor.version(), server.getAddress());
    }

    /** Before the server listens, so that a service that answers is ready. */
    private void warmUp(ServiceMetrics metrics) {
        long start = System.nanoTime();
        try {
            WarmUp.ask(predictor);
            metrics.warmedUp((System.nanoTime() - start) / 1e9);
        } catch (RuntimeException e) {
            LOG.warn("{} answers without a first prediction, since it does not take the recording that is made for it: {}",
                    predictor.version(), e.getMessage());
        }
    }

    /** Writes into log and metrics what the alias does. */
    private record Reports(ServiceMetrics metrics) implements FollowingPredictor.Listener {

        @Override
        public void moved(ModelVersion from, ModelVersion to) {
            metrics.answering(to);
            LOG.info("{} answers from now on, before it was {}", to, from);
        }

        @Override
        public void failed(ModelVersion answering, Exception failure) {
            metrics.failedToFollow();
            LOG.warn("{} goes on answering, as the alias could not be followed: {}", answering, failure.getMessage());
        }
    }

    /**
     * Returns a builder of a server for the model that has an alias.
     *
     * @param name name of the model
     * @param alias such as {@code champion}
     */
    public static Builder builder(ModelRepository models, String name, String alias) {
        return new Builder(models, name, alias);
    }

    /** Returns the port that the server listens at. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns the address that it listens at. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Returns the predictor that answers. */
    public FollowingPredictor predictor() {
        return predictor;
    }

    /** Takes no new requests, waits for those that are worked on, but no longer than the grace, and stops. */
    @Override
    public void close() {
        resources.drain(grace);
        server.stop(0);
        threads.shutdownNow();
        predictor.close();
    }

    /** Options of a server. Not thread-safe. */
    public static final class Builder {

        private final ModelRepository models;
        private final String name;
        private final String alias;
        private boolean orNewest;
        private Components components = Components.discover();
        private InetSocketAddress address = new InetSocketAddress("127.0.0.1", 8080);
        private Duration every = Duration.ofSeconds(30);
        private long mostBytes = 20L << 20;
        private int connections = 64;
        private int atOnce = Runtime.getRuntime().availableProcessors();
        private Duration receiveWithin = Duration.ofSeconds(30);
        private Duration answerWithin = Duration.ofSeconds(30);
        private Duration grace = Duration.ofSeconds(10);

        private Builder(ModelRepository models, String name, String alias) {
            this.models = models;
            this.name = name;
            this.alias = alias;
        }

        /** Lets the newest version answer while none has the alias; by default the server does not start then. */
        public Builder orNewest() {
            this.orNewest = true;
            return this;
        }

        /** Sets the components that make the parts of models; by default all components of the class path. */
        public Builder components(Components known) {
            this.components = known;
            return this;
        }

        /** Sets the address to listen at; by default port 8080 of this machine alone. Port 0 takes any free port. */
        public Builder address(InetSocketAddress listening) {
            this.address = listening;
            return this;
        }

        /** Sets the time between checks of the alias; by default 30 seconds. */
        public Builder every(Duration interval) {
            this.every = interval;
            return this;
        }

        /** Sets the largest size of a request in bytes, at least 1; by default 20 MiB. */
        public Builder mostBytes(long count) {
            this.mostBytes = positive("bytes of a request", count);
            return this;
        }

        /** Sets how many requests are open at a time, at least 1; by default 64. */
        public Builder connections(int count) {
            this.connections = (int) positive("connections", count);
            return this;
        }

        /** Sets how many predictions run at a time, at least 1; by default one for each processor. */
        public Builder atOnce(int count) {
            this.atOnce = (int) positive("predictions at once", count);
            return this;
        }

        /**
         * Sets the time a client may take to send a request, at least a second; by default 30 seconds. It is a setting of the
         * whole process: what its first server says.
         */
        public Builder receiveWithin(Duration time) {
            positive("seconds to receive a request", time.toSeconds());
            this.receiveWithin = time;
            return this;
        }

        /** Sets how long a request may wait before it is asked to retry; by default 30 seconds. */
        public Builder answerWithin(Duration time) {
            this.answerWithin = time;
            return this;
        }

        /** Sets how long to wait for running requests when it is closed; by default 10 seconds. */
        public Builder grace(Duration time) {
            this.grace = time;
            return this;
        }

        private static long positive(String what, long value) {
            if (value < 1) {
                throw new IllegalArgumentException("the " + what + " must be 1 or more, but were " + value);
            }
            return value;
        }

        /**
         * Opens the model, and listens.
         *
         * @throws IOException if the address is taken
         * @throws io.github.spirabr.core.SpiraException if the model cannot be opened
         */
        public PredictionServer start() throws IOException {
            return new PredictionServer(this);
        }
    }
}
