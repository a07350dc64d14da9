package org.helpline.config;

/// Where a setting stands.
record Place(String file, int line, String path) {}
