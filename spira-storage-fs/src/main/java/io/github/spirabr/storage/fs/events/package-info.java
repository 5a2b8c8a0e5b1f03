/** Events of trainings in files, as lines of JSON and for TensorBoard. */
@NullMarked
package io.github.spirabr.storage.fs.events;

import org.jspecify.annotations.NullMarked;
