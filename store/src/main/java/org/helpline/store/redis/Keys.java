package org.helpline.store.redis;

/// The names of a domain's keys. The hash tag keeps all of them on one node of a cluster, where one script may touch
/// them.
///
/// @param prefix `{helpline:DOMAIN}:`
record Keys(String prefix) {
    static Keys of(String domain) {
        return new Keys("{helpline:" + domain + "}:");
    }

    String journal() {
        return prefix + "journal";
    }

    String name() {
        return prefix + "name";
    }

    String epoch() {
        return prefix + "epoch";
    }

    String lease() {
        return prefix + "lease";
    }

    String snapshots() {
        return prefix + "snapshots";
    }

    String snapshot(String place) {
        return prefix + "snapshot:" + place;
    }

    /// Of everybody, or of one caller.
    String calls(String of) {
        return prefix + "calls:" + of;
    }

    String language(String caller) {
        return prefix + "language:" + caller;
    }

    String contacts(String caller) {
        return prefix + "contacts:" + caller;
    }
}
