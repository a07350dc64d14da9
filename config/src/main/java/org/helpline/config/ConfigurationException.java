package org.helpline.config;

import java.util.List;
import java.util.stream.Collectors;

/// The configuration cannot be used. Carries every fault found, in the order of files and lines.
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigurationFault> faults;

    public ConfigurationException(List<ConfigurationFault> faults) {
        // No stack trace: the faults say where, and a trace would only point into the reader.
        super(faults.stream().map(ConfigurationFault::toString).collect(Collectors.joining("\n")), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /// At least one.
    public List<ConfigurationFault> faults() {
        return faults;
    }
}
