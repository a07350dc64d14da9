package org.helpline.telephony.asterisk;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// One object of Asterisk's SIP configuration, as `pjsip.conf` would have it.
///
/// @param id letters, digits, `_`, `.` and `-`
/// @param fields settings by name; they may be secrets
public record SipObject(Type type, String id, SortedMap<String, String> fields) {

    public enum Type {
        AUTH("auth"),
        AOR("aor"),
        ENDPOINT("endpoint");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    public SipObject {
        if (!id.matches("[A-Za-z0-9_.-]{1,128}")) {
            throw new IllegalArgumentException("id must be 1 to 128 letters, digits, _, . or -, but is " + id);
        }
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    @Override
    public String toString() {
        return "SipObject[" + type.word + " " + id + "]";
    }
}
