/// Contact records as a fold of events: pure, no clock, no database.
package org.helpline.records.fold;
