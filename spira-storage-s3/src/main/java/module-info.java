/** Models, prepared data sets and journals on S3 servers. */
@SuppressWarnings("module") // S3 is a name
module io.github.spirabr.storage.s3 {

    requires transitive io.github.spirabr.core;
    requires transitive software.amazon.awssdk.services.s3;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries;
    requires software.amazon.awssdk.retries.api;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.urlconnection;
    requires software.amazon.awssdk.awscore;
    requires static transitive org.jspecify;

    exports io.github.spirabr.storage.s3;

    provides io.github.spirabr.core.storage.StorageProvider with
            io.github.spirabr.storage.s3.S3Storage;
}
