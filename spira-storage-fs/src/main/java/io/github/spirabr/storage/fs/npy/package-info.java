/** Features as files of NumPy arrays, to be read in Python. */
@NullMarked
package io.github.spirabr.storage.fs.npy;

import org.jspecify.annotations.NullMarked;
