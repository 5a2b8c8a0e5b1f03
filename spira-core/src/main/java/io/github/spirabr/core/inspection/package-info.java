/**
 * Inspection of a data set before training: its contents, and the properties other than speech that reveal the class.
 */
@NullMarked
package io.github.spirabr.core.inspection;

import org.jspecify.annotations.NullMarked;
