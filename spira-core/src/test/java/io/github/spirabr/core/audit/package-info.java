/** Tests of audits. */
@NullMarked
package io.github.spirabr.core.audit;

import org.jspecify.annotations.NullMarked;
