package org.helpline.store.embedded;

import java.sql.SQLException;
import org.sqlite.SQLiteException;

/// A journal whose file is not what was written.
final class Damage extends Exception {
    private static final long serialVersionUID = 1L;

    Damage(String message) {
        super(message);
    }

    Damage(Exception cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }

    /// Whether the file is to blame, and not the disk's room, the rights, or somebody else who has it open.
    static boolean isIn(SQLException failure) {
        if (!(failure instanceof SQLiteException sqlite)) return true;
        return switch (sqlite.getResultCode()) {
            case SQLITE_FULL,
                    SQLITE_BUSY,
                    SQLITE_BUSY_RECOVERY,
                    SQLITE_BUSY_SNAPSHOT,
                    SQLITE_LOCKED,
                    SQLITE_PERM,
                    SQLITE_AUTH,
                    SQLITE_CANTOPEN,
                    SQLITE_INTERRUPT,
                    SQLITE_ABORT,
                    SQLITE_NOMEM,
                    SQLITE_IOERR,
                    SQLITE_IOERR_WRITE,
                    SQLITE_IOERR_FSYNC,
                    SQLITE_IOERR_DIR_FSYNC,
                    SQLITE_IOERR_TRUNCATE,
                    SQLITE_IOERR_LOCK,
                    SQLITE_IOERR_UNLOCK,
                    SQLITE_IOERR_RDLOCK,
                    SQLITE_IOERR_CHECKRESERVEDLOCK,
                    SQLITE_IOERR_SHMOPEN,
                    SQLITE_IOERR_SHMSIZE,
                    SQLITE_IOERR_SHMLOCK,
                    SQLITE_IOERR_SHMMAP,
                    SQLITE_IOERR_DELETE,
                    SQLITE_IOERR_NOMEM -> false;
            default -> true;
        };
    }
}
