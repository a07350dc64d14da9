package org.helpline.records.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("long")
class PostgresDatabaseTest extends RecordDatabaseContract {
    private static PrivatePostgres server;

    @BeforeAll
    static void start() {
        server = PrivatePostgres.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    DatabaseAddress fresh() throws Exception {
        DatabaseAddress.PostgreSql address = server.address();
        try (Connection connection = DriverManager.getConnection(
                        address.url(),
                        address.user().orElseThrow(),
                        address.password().orElseThrow());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA public CASCADE");
            statement.execute("CREATE SCHEMA public");
        }
        return address;
    }

    @Override
    String forbidding() {
        return "ALTER TABLE contact_record ADD CHECK (need <> 'forbidden')";
    }
}
