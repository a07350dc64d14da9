package org.helpline.config;

/// One thing wrong in the configuration.
///
/// @param file as it was opened, or `environment`
/// @param line 1 for the first line; 0 where a line makes no sense (the environment, a file that is not there)
/// @param path of the setting, such as `queues.snap.offer-timeout` or `HELPLINE_HTTP_PORT`; empty for the whole file
/// @param message what is wrong, the value found, what is allowed; never a secret
public record ConfigurationFault(String file, int line, String path, String message) {

    /// As one line: `config/helpline.yaml:12: http.port: must be ...`.
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
