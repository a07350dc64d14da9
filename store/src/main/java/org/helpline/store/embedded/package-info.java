/// The store of one node: a journal in SQLite, snapshots as files, a file lock for a lease (docs/adr/0018).
package org.helpline.store.embedded;
