/** Tests against a real S3 server, S3Proxy, in this process and in memory. */
@NullMarked
package io.github.spirabr.storage.s3;

import org.jspecify.annotations.NullMarked;
