/** Pictures, looked at by program. */
@NullMarked
package io.github.spirabr.report.run;

import org.jspecify.annotations.NullMarked;
