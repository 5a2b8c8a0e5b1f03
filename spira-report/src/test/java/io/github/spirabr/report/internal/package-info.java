/** Pictures, looked at by program. */
@NullMarked
package io.github.spirabr.report.internal;

import org.jspecify.annotations.NullMarked;
