/** Features as files of NumPy arrays, for those who look at them in Python. */
@NullMarked
package io.github.spirabr.storage.fs.npy;

import org.jspecify.annotations.NullMarked;
