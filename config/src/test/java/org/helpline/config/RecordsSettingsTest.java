package org.helpline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.helpline.records.sql.DatabaseAddress.PostgreSql;
import org.helpline.records.sql.Retention;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where records are kept, and how long.
class RecordsSettingsTest {
    private static final String DATABASE = "HELPLINE_DATABASE_URL";

    @TempDir
    private Path temporary;

    private TestFolder folder;

    @BeforeEach
    void write() throws Exception {
        folder = TestFolder.minimal(temporary);
    }

    @Test
    void withoutSettingsTheDefaultsServe() throws Exception {
        assertEquals(
                new RecordsEntry(Retention.DEFAULT, Optional.empty(), Optional.empty()),
                folder.configuration().records());
    }

    @Test
    void retentionIsReadByClass() throws Exception {
        folder.append(
                "helpline.yaml", "retention: {contacts: 30 d, inquiries: 20 d, notes: 1 d, number-hashes: 7 d}\n");
        assertEquals(
                new Retention(Duration.ofDays(30), Duration.ofDays(20), Duration.ofDays(1), Duration.ofDays(7)),
                folder.configuration().records().retention());
    }

    @Test
    void whatIsNoRetentionIsTold() throws Exception {
        folder.append("helpline.yaml", "retention: {contacts: 0 d, notes: 90, number-hash: 7 d}\n");
        List<String> told = folder.told();
        assertEquals(3, told.size(), told.toString());
        assertEquals(
                "retention.contacts: must be a time from 1 d to 36500 d (a whole number and d), but is '0 d'",
                told.get(0).split(": ", 2)[1]);
        assertEquals(
                "retention.notes: must be a time from 1 d to 36500 d (a whole number and d), but is '90'",
                told.get(1).split(": ", 2)[1]);
        assertEquals(
                "retention.number-hash: is unknown; did you mean 'number-hashes'?",
                told.get(2).split(": ", 2)[1]);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://ann:hush%40@db:5433/helpline?sslmode=verify-full,"
                + " jdbc:postgresql://db:5433/helpline?sslmode=verify-full, ann, hush@",
        "postgres://ann:a+b@127.0.0.1/helpline, jdbc:postgresql://127.0.0.1:5432/helpline, ann, a+b",
        "jdbc:postgresql://[::1]:5432/helpline, jdbc:postgresql://[::1]:5432/helpline, ,"
    })
    void aDatabaseIsNamedAsPostgresqlDoes(String url, String jdbc, String user, String password) throws Exception {
        assertEquals(
                Optional.of(new PostgreSql(jdbc, Optional.ofNullable(user), Optional.ofNullable(password))),
                folder.configuration(Map.of(DATABASE, url)).records().database());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://ann:hush@db/helpline",
                "postgresql://db:5432",
                "postgresql:///helpline?user=ann&password=hush",
                "postgresql://db/helpline?password=hush",
                "postgresql://ann:hu sh@db/helpline",
                "hush"
            })
    void whatIsNoAddressIsRefusedAndNotShown(String url) throws Exception {
        List<String> told = folder.told(Map.of(DATABASE, url));
        assertEquals(
                List.of("environment: HELPLINE_DATABASE_URL: must be an address such as"
                        + " postgresql://USER:PASSWORD@127.0.0.1:5432/DATABASE, with user and password before the host"
                        + " and nowhere else"),
                told);
    }

    @Test
    void nothingPrintsASecret() throws Exception {
        RecordsEntry records = folder.configuration(Map.of(
                        DATABASE,
                        "postgresql://ann:hush-database@db/helpline",
                        "HELPLINE_RECORDS_KEY",
                        "hush-key".repeat(4)))
                .records();
        assertFalse(records.toString().contains("hush"), records.toString());
        assertEquals(
                List.of("environment: HELPLINE_RECORDS_KEY: must be at least 32 characters long; make one at random"),
                folder.told(Map.of("HELPLINE_RECORDS_KEY", "hush")));
    }
}
