package io.github.spirabr.config;

/**
 * Where something is written.
 *
 * @param source the file, or the option of the command line
 * @param line counted from 1; 0 in an option
 * @param column counted from 1; 0 in an option
 */
record Position(String source, int line, int column) {}
