package io.github.spirabr.benchmarks.storage;

import io.github.spirabr.storage.s3.S3Connection;
import io.github.spirabr.storage.s3.S3PreparedDatasets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/**
 * Saves and loads a prepared data set in a bucket, and sends (in parts) and fetches a file of the same size with the
 * SDK's own transfer manager, in turn, after one pair that is not counted. Arguments: a server, a bucket on it, a
 * folder for the file, mebibytes (1024), pairs (4). Credentials and region by the SDK's own chain.
 */
public final class S3DatasetBenchmark {

    private static final String KEY = "plain-file";

    private S3DatasetBenchmark() {}

    /** Runs the benchmark and prints its figures. */
    public static void main(String[] arguments) throws IOException {
        URI server = URI.create(arguments[0]);
        String bucket = arguments[1];
        Path folder = Files.createTempDirectory(Path.of(arguments[2]), "benchmark-");
        MadeUpDataset recordings =
                MadeUpDataset.ofMebibytes(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1024);
        int pairs = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 4;
        Path original = folder.resolve("original");
        Path fetched = folder.resolve("fetched");
        recordings.writeTo(original);
        Pairs seconds = new Pairs("send", "save", "fetch", "load");
        try (S3Connection connection =
                        S3Connection.builder().bucket(bucket).endpoint(server).pathStyle(true).build();
                S3AsyncClient parts = client(server, true);
                S3TransferManager sender = S3TransferManager.builder().s3Client(parts).build();
                // S3Proxy serves no single parts of an object, so a file comes as one stream.
                S3AsyncClient streams = client(server, false);
                S3TransferManager fetcher = S3TransferManager.builder().s3Client(streams).build()) {
            S3PreparedDatasets datasets = S3PreparedDatasets.of(connection, "datasets");
            for (int pair = -1; pair < pairs; pair++) {
                double[] plain = new double[2];
                double[] prepared = new double[2];
                for (int turn = 0; turn < 2; turn++) {
                    // Who goes first meets memory that the system has just got back; so they take turns.
                    if ((pair + turn) % 2 == 0) {
                        plain[0] = Pairs.seconds(() -> send(sender, original, bucket));
                        plain[1] = Pairs.seconds(() -> fetch(fetcher, bucket, fetched));
                        Files.delete(fetched);
                        streams.deleteObject(request -> request.bucket(bucket).key(KEY)).join();
                    } else {
                        prepared[0] = Pairs.seconds(() -> recordings.saveIn(datasets));
                        prepared[1] = Pairs.seconds(() -> recordings.loadFrom(datasets));
                        datasets.delete(MadeUpDataset.NAME);
                    }
                }
                if (pair >= 0) {
                    seconds.add(plain[0], prepared[0], plain[1], prepared[1]);
                }
            }
        }
        Files.delete(original);
        Files.delete(folder);
        System.out.println(recordings);
        seconds.report(recordings.bytes());
        System.out.printf("save / send %.2f, load / fetch %.2f (speeds, medians of pairs)%n",
                seconds.ratio("send", "save"), seconds.ratio("fetch", "load"));
    }

    private static S3AsyncClient client(URI server, boolean inParts) {
        return S3AsyncClient.builder().endpointOverride(server).forcePathStyle(true).multipartEnabled(inParts)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED).build();
    }

    private static void send(S3TransferManager transfers, Path file, String bucket) {
        transfers.uploadFile(request -> request.source(file).putObjectRequest(put -> put.bucket(bucket).key(KEY)))
                .completionFuture().join();
    }

    private static void fetch(S3TransferManager transfers, String bucket, Path file) {
        transfers.downloadFile(request -> request.destination(file)
                        .getObjectRequest(get -> get.bucket(bucket).key(KEY)))
                .completionFuture().join();
    }
}
