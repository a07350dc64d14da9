/// Virtual time, seeded scenarios, faults, replay and architecture tests.
package org.helpline.simulation;
