/** Pictures, looked at by program. */
@NullMarked
package io.github.spirabr.report;

import org.jspecify.annotations.NullMarked;
