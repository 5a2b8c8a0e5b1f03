package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.ModelRepositoryException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket, as messages name it; turns the SDK's failures into sentences without credentials.
 *
 * @param name name of the bucket
 * @param server an endpoint or a region of AWS
 */
record Bucket(String name, String server) {

    static final String NO_CREDENTIALS = "Unable to load credentials";

    private static final String UNREADABLE = "the server's answer was cut or altered";
    private static final List<String> UNREADABLE_TO_SDK =
            List.of("Could not parse XML response", "Unable to unmarshall response");

    static Bucket of(S3Client client, String name) {
        S3ServiceClientConfiguration configuration = client.serviceClientConfiguration();
        return new Bucket(name, configuration.endpointOverride()
                .map(Bucket::withoutUser)
                .orElseGet(() -> "AWS region " + configuration.region().id()));
    }

    /**
     * Returns the name.
     *
     * @throws IllegalArgumentException if it is no name of a bucket
     */
    static String requireName(String bucket) {
        if (!bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]{2,254}") && !bucket.startsWith("arn:")) {
            throw new IllegalArgumentException("bucket must be a bucket's name such as 'hospital-models',"
                    + " without 's3://' and '/', but was '" + bucket + "'");
        }
        return bucket;
    }

    /**
     * Returns the prefix without '/' at its ends.
     *
     * @throws IllegalArgumentException if it is no prefix of keys
     */
    static String requirePrefix(String prefix) {
        String trimmed = prefix.replaceAll("^/+|/+$", "");
        if (!trimmed.isEmpty() && !trimmed.matches("[A-Za-z0-9._=-]+(/[A-Za-z0-9._=-]+)*")
                || List.of(trimmed.split("/")).stream().anyMatch(part -> part.equals(".") || part.equals(".."))) {
            throw new IllegalArgumentException("prefix must be letters, digits, '.', '_', '=' or '-' in parts between"
                    + " '/', such as 'team/models', but was '" + prefix + "'");
        }
        return trimmed;
    }

    private static String withoutUser(URI endpoint) {
        return endpoint.getScheme() + "://" + endpoint.getHost()
                + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
    }

    /**
     * Returns an exception to be thrown.
     *
     * @param what did not work, such as "model x could not be saved"
     */
    ModelRepositoryException failure(String what, SdkException cause) {
        return new ModelRepositoryException(sentence(what, cause), cause);
    }

    /** Returns the message of {@link #failure}. */
    String sentence(String what, SdkException cause) {
        return what + " in bucket " + name + " at " + server + ": " + reason(cause);
    }

    /** Returns the code that the server gave, such as NoSuchBucket; null if it gave none, as to a HEAD request. */
    static @Nullable String code(S3Exception failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        return details == null ? null : details.errorCode();
    }

    private static String reason(SdkException failure) {
        if (failure instanceof S3Exception answer) {
            return reason(answer);
        }
        String message = String.valueOf(failure.getMessage());
        if (message.contains(NO_CREDENTIALS)) {
            return "no credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or an AWS profile";
        }
        if (failure instanceof ApiCallTimeoutException || failure instanceof ApiCallAttemptTimeoutException) {
            return "the server did not answer in time; check the endpoint and the network, and try again";
        }
        if (isUnreadable(failure)) {
            return UNREADABLE + eachOf(failure) + detail(failure) + "; check the network, and use https";
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return "no connection" + eachOf(failure) + " (" + cause.getClass().getSimpleName() + ": "
                        + cause.getMessage() + "); check the endpoint and the network";
            }
        }
        return String.valueOf(failure.rawMessage());
    }

    /**
     * Returns a failure for an answer that was cut or altered on its way.
     *
     * @param what is wrong with it, such as "it has no ETag"
     */
    static SdkClientException unreadable(String what) {
        return SdkClientException.create(UNREADABLE + ": " + what);
    }

    /** Returns true if an answer was cut or altered on its way; the SDK has no type of its own for that. */
    static boolean isUnreadable(SdkException failure) {
        String message = String.valueOf(failure.rawMessage());
        return message.startsWith(UNREADABLE) || UNREADABLE_TO_SDK.stream().anyMatch(message::startsWith);
    }

    private static String detail(SdkException failure) {
        String message = String.valueOf(failure.rawMessage());
        return message.startsWith(UNREADABLE) ? " (" + message.substring(UNREADABLE.length() + 2) + ")" : "";
    }

    private static String eachOf(SdkException failure) {
        Integer attempts = failure.numAttempts();
        return attempts == null || attempts == 1 ? "" : " at each of " + attempts + " attempts";
    }

    private static String reason(S3Exception answer) {
        String code = String.valueOf(code(answer));
        String status = "HTTP " + answer.statusCode() + (code(answer) == null ? "" : ", " + code);
        return switch (code) {
            case "NoSuchBucket" -> "there is no such bucket; create it, or correct its name";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken" ->
                    "the server refuses the credentials (" + status + "); correct those that the AWS SDK finds, such as"
                            + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or a profile";
            case "RequestTimeTooSkewed" -> "this machine's clock differs from the server's; set it";
            case "PermanentRedirect", "AuthorizationHeaderMalformed" ->
                    "the bucket is in another region (" + status + "); set that region";
            case "NotImplemented" -> "the server does not support conditional writes (If-None-Match), without which two"
                    + " processes could save one version (" + status + "); use a server that does";
            case "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch" ->
                    "what was sent arrived altered" + eachOf(answer) + " (" + status
                            + "); check the network, and use https";
            default -> reason(answer, status);
        };
    }

    private static String reason(S3Exception answer, String status) {
        if (answer.statusCode() == 403) {
            return "access is denied (" + status + "); the credentials need s3:ListBucket, s3:GetObject and"
                    + " s3:PutObject, and to clean s3:DeleteObject";
        }
        if (answer.statusCode() == 429 || answer.statusCode() >= 500) {
            return "the server answered " + status + eachOf(answer) + "; it is down or overloaded: see its log, and"
                    + " try again later";
        }
        return "the server answered " + status + "; see its log";
    }
}
