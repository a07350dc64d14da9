package org.helpline.store.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where a Redis server is, or the servers of a Sentinel set-up or a cluster, and who we are there. Never prints the
/// password.
///
/// @param kind what stands at the address
/// @param tls whether it is spoken to under TLS
/// @param nodes one server; else Sentinels, or some nodes of the cluster
/// @param user empty: the default user
/// @param database 0 in a cluster
/// @param master the name that the Sentinels know the server by
public record RedisAddress(
        Kind kind,
        boolean tls,
        List<Node> nodes,
        Optional<String> user,
        Optional<String> password,
        int database,
        Optional<String> master) {
    public static final String ALLOWED = "redis://USER:PASSWORD@HOST:PORT/DATABASE,"
            + " redis-sentinel://USER:PASSWORD@HOST:PORT,HOST:PORT/DATABASE#MASTER"
            + " or redis-cluster://USER:PASSWORD@HOST:PORT,HOST:PORT; with TLS rediss, rediss-sentinel, rediss-cluster";

    private static final Pattern SHAPE =
            Pattern.compile("(rediss?)(-sentinel|-cluster)?://(?:([^/#]*)@)?([^/#@]+)(?:/([^/#]*))?(?:#(.*))?");
    private static final Pattern HOST = Pattern.compile("\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final Pattern MASTER = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int PORT = 6_379;
    private static final int SENTINEL_PORT = 26_379;
    private static final int MOST_NODES = 16;
    private static final int MOST_DATABASE = 1_023;

    public enum Kind {
        SERVER,
        SENTINEL,
        CLUSTER
    }

    public record Node(String host, int port) {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    public RedisAddress {
        nodes = List.copyOf(nodes);
    }

    /// Reads an address.
    ///
    /// @throws IllegalArgumentException which says what is wrong and what is allowed, and shows neither user nor
    /// password
    public static RedisAddress read(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) throw new IllegalArgumentException("must be " + ALLOWED);
        Kind kind = shape.group(2) == null
                ? Kind.SERVER
                : shape.group(2).equals("-sentinel") ? Kind.SENTINEL : Kind.CLUSTER;
        Optional<String> who = Optional.ofNullable(shape.group(3));
        if (who.isPresent() && !who.get().contains(":")) {
            throw new IllegalArgumentException(
                    "must give USER:PASSWORD, or :PASSWORD for the default user, before the @");
        }
        return new RedisAddress(
                kind,
                shape.group(1).equals("rediss"),
                nodes(kind, shape.group(4)),
                who.map(pair -> decoded(pair.substring(0, pair.indexOf(':')))).filter(user -> !user.isEmpty()),
                who.map(pair -> decoded(pair.substring(pair.indexOf(':') + 1))).filter(word -> !word.isEmpty()),
                database(kind, Optional.ofNullable(shape.group(5)).orElse("")),
                master(kind, Optional.ofNullable(shape.group(6))));
    }

    private static List<Node> nodes(Kind kind, String text) {
        List<Node> nodes = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            int colon = each.endsWith("]") ? -1 : each.lastIndexOf(':');
            String host = colon < 0 ? each : each.substring(0, colon);
            if (!HOST.matcher(host).matches()) {
                throw new IllegalArgumentException("must name hosts as HOST:PORT, but has '" + each + "'");
            }
            int standard = kind == Kind.SENTINEL ? SENTINEL_PORT : PORT;
            nodes.add(new Node(
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                    colon < 0 ? standard : number(each.substring(colon + 1), "a port", 1, 65_535)));
        }
        if (kind == Kind.SERVER && nodes.size() > 1) {
            throw new IllegalArgumentException("must name one server, but names " + nodes.size()
                    + "; several are redis-sentinel:// or redis-cluster://");
        }
        if (nodes.size() > MOST_NODES) {
            throw new IllegalArgumentException(
                    "must name at most " + MOST_NODES + " servers, but names " + nodes.size());
        }
        return nodes;
    }

    private static int database(Kind kind, String text) {
        if (text.isEmpty()) return 0;
        if (kind == Kind.CLUSTER) {
            throw new IllegalArgumentException(
                    "must name no database, because a cluster has only one, but has '/" + text + "'");
        }
        return number(text, "a database", 0, MOST_DATABASE);
    }

    private static Optional<String> master(Kind kind, Optional<String> text) {
        if (kind != Kind.SENTINEL) {
            text.ifPresent(_ -> {
                throw new IllegalArgumentException("must end before the #, which only redis-sentinel:// has");
            });
            return Optional.empty();
        }
        return Optional.of(text.filter(name -> MASTER.matcher(name).matches())
                .orElseThrow(() -> new IllegalArgumentException(
                        "must end in #MASTER, the name that the Sentinels know the server by: 1 to 64 of A-Z, a-z,"
                                + " 0-9, '.', '_', '-'")));
    }

    private static int number(String text, String what, int least, int most) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(
                "must have " + what + " from " + least + " to " + most + ", but has '" + text + "'");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must write a % in user or password as %25", e);
        }
    }

    /// Whether only this machine can listen in.
    public boolean isLoopback() {
        return nodes.stream()
                .allMatch(node -> node.host().equals("localhost")
                        || node.host().equals("::1")
                        || node.host().startsWith("127."));
    }

    /// The address without the secret, as people may see it.
    @Override
    public String toString() {
        String scheme = (tls ? "rediss" : "redis")
                + switch (kind) {
                    case SERVER -> "";
                    case SENTINEL -> "-sentinel";
                    case CLUSTER -> "-cluster";
                };
        String who = user.isEmpty() && password.isEmpty()
                ? ""
                : user.orElse("") + (password.isPresent() ? ":[REDACTED]" : "") + "@";
        return scheme + "://" + who + nodes.stream().map(Node::toString).collect(Collectors.joining(","))
                + (database == 0 ? "" : "/" + database)
                + master.map(name -> "#" + name).orElse("");
    }
}
