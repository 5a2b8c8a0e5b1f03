/** Model registry, prepared data sets, journal and recordings in a bucket of AWS S3 or of a server that speaks its protocol. */
@NullMarked
package io.github.spirabr.storage.s3;

import org.jspecify.annotations.NullMarked;
