package org.helpline.telephony.asterisk.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.ManagerEventListener;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.CoreShowChannelsAction;
import org.asteriskjava.manager.action.EventGeneratingAction;
import org.asteriskjava.manager.action.PJSipShowEndpointAction;
import org.asteriskjava.manager.action.PJSipShowEndpointsAction;
import org.asteriskjava.manager.event.ContactStatusDetail;
import org.asteriskjava.manager.event.CoreShowChannelEvent;
import org.asteriskjava.manager.event.EndpointList;
import org.asteriskjava.manager.event.ResponseEvent;
import org.helpline.telephony.asterisk.watch.Phones.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The side of asterisk-java: everything here may block and is called on virtual threads.
///
/// Once it has signed in, asterisk-java connects again by itself; before that it does not, so that signing in
/// is tried here until it succeeds.
final class ManagerLink {
    private static final Logger LOG = LoggerFactory.getLogger(ManagerLink.class);

    private final WatchSettings settings;
    private final DefaultManagerConnection connection;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// What was found of phones and channels.
    ///
    /// @param phones addresses by endpoint; of endpoints that may have one
    record Census(Map<String, Map<String, Address>> phones, SortedSet<String> channels) {}

    /// @param listener called on asterisk-java's threads
    ManagerLink(WatchSettings settings, ManagerEventListener listener) {
        this.settings = settings;
        connection =
                new DefaultManagerConnection(settings.host(), settings.port(), settings.user(), settings.password());
        connection.setSsl(settings.secure());
        connection.setSocketTimeout((int) settings.responseTimeout().toMillis());
        // Of a connection that says nothing for longer than the censuses are apart, nothing is to be expected.
        connection.setSocketReadTimeout((int) settings.censusEvery()
                .multipliedBy(2)
                .plus(settings.responseTimeout())
                .toMillis());
        connection.setDefaultResponseTimeout(settings.responseTimeout().toMillis());
        connection.setDefaultEventTimeout(settings.responseTimeout().toMillis());
        connection.setKeepAliveAfterAuthenticationFailure(true);
        connection.addEventListener(listener);
    }

    /// Returns when it has signed in or was closed.
    void signIn() {
        Duration pause = settings.reconnectFirst();
        String before = "";
        while (!isClosed()) {
            String why = attempt();
            if (why.isEmpty()) {
                return;
            }
            if (!why.equals(before)) {
                LOG.warn("phones are not watched: {}; trying on", why);
            }
            before = why;
            waitFor(pause);
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(settings.reconnectMost()) > 0 ? settings.reconnectMost() : pause;
        }
    }

    /// Why it failed; empty when it succeeded.
    private String attempt() {
        try {
            connection.login();
            return "";
        } catch (AuthenticationFailedException refused) {
            return settings.url() + " refuses user '" + settings.user() + "' or its password";
        } catch (IOException | TimeoutException | IllegalStateException failure) {
            return "cannot reach " + settings.url() + ": " + failure.getMessage();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void waitFor(Duration pause) {
        try {
            closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    /// @throws IOException when it could not be read whole
    Census census() throws IOException {
        Map<String, Map<String, Address>> phones = new TreeMap<>();
        for (EndpointList endpoint : ask(new PJSipShowEndpointsAction(), EndpointList.class)) {
            String name = endpoint.getObjectName();
            if (name != null && endpoint.getAor() != null && !endpoint.getAor().isBlank()) {
                phones.put(name, addresses(name));
            }
        }
        SortedSet<String> channels = new TreeSet<>();
        for (CoreShowChannelEvent channel : ask(new CoreShowChannelsAction(), CoreShowChannelEvent.class)) {
            channels.add(channel.getUniqueid());
        }
        return new Census(phones, channels);
    }

    private Map<String, Address> addresses(String endpoint) throws IOException {
        PJSipShowEndpointAction action = new PJSipShowEndpointAction();
        action.setEndpoint(endpoint);
        Map<String, Address> addresses = new TreeMap<>();
        for (ContactStatusDetail detail : ask(action, ContactStatusDetail.class)) {
            addresses.put(detail.getUri(), Translation.address(detail, detail.getRegExpire() > 0));
        }
        return addresses;
    }

    private <T extends ResponseEvent> List<T> ask(EventGeneratingAction action, Class<T> type) throws IOException {
        try {
            List<T> found = new ArrayList<>();
            for (ResponseEvent event :
                    connection.sendEventGeneratingAction(action).getEvents()) {
                if (type.isInstance(event)) {
                    found.add(type.cast(event));
                }
            }
            return found;
        } catch (TimeoutException | IllegalArgumentException | IllegalStateException failure) {
            throw new IOException(action.getAction() + ": " + failure.getMessage(), failure);
        }
    }

    void probe(String endpoint) throws IOException {
        try {
            connection.sendAction(new PjsipQualifyAction(endpoint));
        } catch (TimeoutException | IllegalArgumentException | IllegalStateException failure) {
            throw new IOException("PJSIPQualify: " + failure.getMessage(), failure);
        }
    }

    void close() {
        closed.countDown();
        try {
            connection.logoff();
        } catch (IllegalStateException notConnected) {
            LOG.debug("not signed in at the end: {}", notConnected.getMessage());
        }
    }
}
