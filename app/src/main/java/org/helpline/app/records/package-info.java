/// What the records module sees of a running domain: events in its words, the journal, and the gateway's
/// questions.
package org.helpline.app.records;
