package io.github.spirabr.storage.s3;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;

/** A connection that breaks after the server has kept the first version's manifest, before its answer arrives. */
final class LostAnswerHttpClient implements SdkHttpClient {

    private final SdkHttpClient connection;
    private final AtomicInteger manifests = new AtomicInteger();

    LostAnswerHttpClient(SdkHttpClient connection) {
        this.connection = connection;
    }

    /** Returns the number of times that a manifest was sent. */
    int manifestsSent() {
        return manifests.get();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = connection.prepareRequest(request);
        boolean manifest = request.httpRequest().method() == SdkHttpMethod.PUT
                && request.httpRequest().encodedPath().contains("/versions/");
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                HttpExecuteResponse answer = prepared.call();
                if (manifest && manifests.incrementAndGet() == 1) {
                    throw new IOException("the connection broke");
                }
                return answer;
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    @Override
    public void close() {
        connection.close();
    }
}
