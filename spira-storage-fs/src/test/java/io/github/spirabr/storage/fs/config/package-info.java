@NullMarked
package io.github.spirabr.storage.fs.config;

import org.jspecify.annotations.NullMarked;
