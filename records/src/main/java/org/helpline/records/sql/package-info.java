/// Contact records in a database: an embedded one or PostgreSQL, by the same SQL. Everything here blocks:
/// call it on a virtual thread, never on an event loop.
package org.helpline.records.sql;
