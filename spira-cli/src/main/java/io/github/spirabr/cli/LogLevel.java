package io.github.spirabr.cli;

/** From which level on lines of the log are written to the error stream; libraries log, and the application decides. */
enum LogLevel {
    error,
    warn,
    info,
    debug,
    trace;

    /** Of this project's own loggers. Those of the libraries below stay at warnings. Only before anything was logged. */
    static final String PROPERTY = "org.slf4j.simpleLogger.log.io.github.spirabr";

    void apply() {
        System.setProperty(PROPERTY, name());
    }
}
