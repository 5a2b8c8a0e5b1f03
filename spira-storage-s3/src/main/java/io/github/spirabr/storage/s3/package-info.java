/** The model registry in a bucket of an S3 server: numbered versions, checksummed, whole or not there at all. */
@NullMarked
package io.github.spirabr.storage.s3;

import org.jspecify.annotations.NullMarked;
