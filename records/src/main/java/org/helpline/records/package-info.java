/// Contact records: hears what happens, folds it into records, and keeps them in a database that may be away.
package org.helpline.records;
