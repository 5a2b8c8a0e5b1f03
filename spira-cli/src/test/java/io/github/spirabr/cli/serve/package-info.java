@NullMarked
package io.github.spirabr.cli.serve;

import org.jspecify.annotations.NullMarked;
