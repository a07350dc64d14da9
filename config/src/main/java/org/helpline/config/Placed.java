package org.helpline.config;

/// A setting with its place, for checks that look at several settings together.
record Placed<T>(T value, Place place) {}
