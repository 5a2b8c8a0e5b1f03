/**
 * Continuous training: rounds that train a challenger when there is enough new data, compare it with the champion,
 * promote it or not, and record everything in the journal.
 */
@NullMarked
package io.github.spirabr.core.continuous;

import org.jspecify.annotations.NullMarked;
