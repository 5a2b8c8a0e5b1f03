/**
 * Contract suites. Each port has an abstract class here: extend it in a test, give your part, and jqwik and JUnit check
 * what every implementation of that port owes.
 */
@NullMarked
package io.github.spirabr.testkit;

import org.jspecify.annotations.NullMarked;
