package io.github.spirabr.cli.serve;

/** A request that is refused, with what its sender is told. */
final class HttpFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    /**
     * Creates an instance.
     *
     * @param status status of HTTP
     * @param reason reason for programs, such as {@code TOO_LARGE}
     * @param message message for people
     */
    HttpFailure(int status, String reason, String message) {
        super(message);
        this.status = status;
        this.reason = reason;
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }
}
