/** Prepared data sets in files: written once, mapped into memory, checked recording by recording. */
@NullMarked
package io.github.spirabr.storage.fs.dataset;

import org.jspecify.annotations.NullMarked;
