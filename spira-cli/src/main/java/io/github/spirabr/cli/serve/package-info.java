/** An example of a service around a predictor: a small HTTP server. */
@NullMarked
package io.github.spirabr.cli.serve;

import org.jspecify.annotations.NullMarked;
