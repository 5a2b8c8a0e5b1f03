package io.github.spirabr.cli;

/** The level from which on log messages are written to the error stream; libraries log, and the application decides. */
enum LogLevel {
    error,
    warn,
    info,
    debug,
    trace;

    /** The level of this project's own loggers, read before anything is logged; other libraries stay at warnings. */
    static final String PROPERTY = "org.slf4j.simpleLogger.log.io.github.spirabr";

    void apply() {
        System.setProperty(PROPERTY, name());
    }
}
