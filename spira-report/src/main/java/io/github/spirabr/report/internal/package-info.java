/** Code shared by pictures and reports; no promise to anybody outside this module. */
@NullMarked
package io.github.spirabr.report.internal;

import org.jspecify.annotations.NullMarked;
