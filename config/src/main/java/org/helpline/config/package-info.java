/// Reads files and environment once and tells all faults together.
package org.helpline.config;
