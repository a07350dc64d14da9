package org.helpline.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.helpline.gateway.sip.SipSettings;

/// Where HTTP is served.
///
/// @param host name or address to listen on
/// @param port 1 to 65535
/// @param tlsCertificate PEM file; present exactly when the key is
/// @param tlsKey PEM file
/// @param metricsToken lets readers beyond loopback see the metrics
/// @param trustedProxy a proxy ends TLS in front of this port and is the only one to reach it
/// @param phones bounds of browsers as phones, and the STUN and TURN servers they use
public record HttpSettings(
        String host,
        int port,
        Optional<Path> tlsCertificate,
        Optional<Path> tlsKey,
        Optional<String> metricsToken,
        boolean trustedProxy,
        SipSettings phones) {

    /// Whether only this machine can reach the port. Decided from the text, because a name may mean another address
    /// tomorrow.
    public boolean loopback() {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals("localhost") || lower.equals("::1") || lower.matches("127(\\.[0-9]{1,3}){3}");
    }

    /// Whether a password sent to this port is protected on its way.
    public boolean passwordsProtected() {
        return loopback() || tlsCertificate.isPresent() || trustedProxy;
    }

    @Override
    public String toString() {
        return "HttpSettings[" + host + ":" + port + ", tlsCertificate=" + tlsCertificate + ", tlsKey=" + tlsKey
                + ", trustedProxy=" + trustedProxy + ", metricsToken=" + Redacted.show(metricsToken) + ", phones="
                + phones + "]";
    }
}
