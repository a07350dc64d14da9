package org.helpline.store.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An authority made for a test, and a certificate for 127.0.0.1 that it has signed, as openssl makes them.
record Certificates(Path authority, Path certificate, Path key) {
    static Certificates make(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path authority = folder.resolve("ca.crt");
        Path authorityKey = folder.resolve("ca.key");
        Path certificate = folder.resolve("redis.crt");
        Path key = folder.resolve("redis.key");
        RedisServer.run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=test authority",
                "-keyout",
                authorityKey.toString(),
                "-out",
                authority.toString()));
        RedisServer.run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=redis",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-addext",
                "basicConstraints=critical,CA:FALSE",
                "-CA",
                authority.toString(),
                "-CAkey",
                authorityKey.toString(),
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()));
        return new Certificates(authority, certificate, key);
    }
}
