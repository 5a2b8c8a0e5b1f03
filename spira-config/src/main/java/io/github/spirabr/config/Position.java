package io.github.spirabr.config;

/**
 * A position in a file.
 *
 * @param source file, or option of the command line
 * @param line counted from 1; 0 in an option
 * @param column counted from 1; 0 in an option
 */
record Position(String source, int line, int column) {}
