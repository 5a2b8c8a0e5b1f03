@NullMarked
package io.github.spirabr.examples.service;

import org.jspecify.annotations.NullMarked;
