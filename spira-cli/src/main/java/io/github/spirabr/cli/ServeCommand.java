package io.github.spirabr.cli;

import io.github.spirabr.cli.serve.PredictionServer;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spira serve}: answers over HTTP. */
@Command(
        name = "serve",
        description = "Answers over HTTP with the model that has an alias, and follows the alias to the next one. POST /predict,"
                + " POST /inferences/ID, GET /health, GET /metrics. Has no authentication and no TLS: put it behind a proxy"
                + " that has. Stops at SIGTERM or Ctrl-C, after the requests that are worked on.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira serve --models /srv/models --alias champion --port 8080",
            "  curl --data-binary @recording.wav http://127.0.0.1:8080/predict"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {

    @Mixin
    private AnsweringModel model = new AnsweringModel();

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Where it listens; 0.0.0.0 for all networks.")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "At which port; 0 for any that is free.")
    private int port = 8080;

    @Option(names = "--every", paramLabel = "SECONDS", description = "Time between looks at the alias.")
    private int every = 30;

    @Option(names = "--max-megabytes", paramLabel = "N", description = "The largest request that is taken.")
    private int megabytes = 20;

    @Option(names = "--receive-seconds", paramLabel = "N", description = "How long a client may take to send a request.")
    private int receive = 30;

    @Option(names = "--answer-seconds", paramLabel = "N", description = "How long a request may wait for its turn.")
    private int answer = 30;

    @Option(names = "--grace-seconds", paramLabel = "N", description = "How long requests may go on when it stops.")
    private int grace = 10;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch stopped = new CountDownLatch(1);
        ModelRepository models = model.open();
        String name = model.name(models);
        PredictionServer.Builder builder = PredictionServer.builder(models, name, model.alias().orElse(AnsweringModel.CHAMPION));
        if (model.alias().isEmpty()) {
            builder.orNewest();
        }
        PredictionServer server = builder
                .address(new InetSocketAddress(host, port))
                .every(Duration.ofSeconds(every))
                .mostBytes((long) megabytes << 20)
                .receiveWithin(Duration.ofSeconds(receive))
                .answerWithin(Duration.ofSeconds(answer))
                .grace(Duration.ofSeconds(grace))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            stopped.countDown();
        }, "spira-stop"));
        ModelVersion version = server.predictor().version();
        out.println(version + " (" + model.reason(models, version) + ") answers at http://" + host + ":" + server.port()
                + "; for research, no medical finding");
        out.flush();
        stopped.await();
        return 0;
    }
}
