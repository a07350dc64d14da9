package org.helpline.app.system;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/// Leads somebody through every page and every state it can be in, one stop after the other.
final class PageStates {
    private static final String CALLER = "12125550147";

    private final HelplineSystem helpline;
    private final PageBrowser browser;
    private final ColorScheme colours;
    private final Visitor visitor;

    /// Looks at a page as it is now.
    interface Visitor {
        void see(Page page, String name);
    }

    PageStates(HelplineSystem helpline, PageBrowser browser, ColorScheme colours, Visitor visitor) {
        this.helpline = helpline;
        this.browser = browser;
        this.colours = colours;
        this.visitor = visitor;
    }

    void walk() throws Exception {
        KeyboardAgent agent = atTheDoor();
        KeyboardAgent supervisor = new KeyboardAgent(browser.window(colours));
        KeyboardAgent wall = new KeyboardAgent(browser.window(colours));
        beforeTheCall(agent);
        duringTheCall(agent, supervisor, wall);
        afterTheCall(agent);
        withoutConnection(agent);
        leaves(agent);
    }

    private KeyboardAgent atTheDoor() {
        KeyboardAgent agent = new KeyboardAgent(browser.window(colours));
        agent.page().navigate(address("/"));
        agent.sees("#user");
        see(agent, "desk-sign-in");
        agent.types("agent1")
                .press("Tab")
                .types("not the password")
                .press("Enter")
                .sees("#sign-in-problem");
        see(agent, "desk-sign-in-refused");
        return agent.types(HelplineSystem.PASSWORD).press("Enter").isIn("Not ready");
    }

    private void beforeTheCall(KeyboardAgent agent) {
        see(agent, "desk-not-ready");
        agent.uses("#check-devices").sees("dialog", "Hears you");
        see(agent, "desk-device-check");
        agent.press("Escape").seesNo("dialog").press("?").sees("dialog");
        see(agent, "desk-shortcuts");
        agent.press("Escape").seesNo("dialog").press("r").isIn("Ready");
        see(agent, "desk-ready");
    }

    private void duringTheCall(KeyboardAgent agent, KeyboardAgent supervisor, KeyboardAgent wall) {
        helpline.answeringPhone(1);
        helpline.snapCaller(CALLER);
        agent.sees("#accept");
        see(agent, "desk-offer");
        agent.press("a").sees(".call.talking");
        see(agent, "desk-talking");
        wallboard(wall);
        floor(supervisor);
        agent.press("h").sees(".call.held");
        see(agent, "desk-held");
        Desktop colleague = helpline.desktop("agent2").ready();
        helpline.answeringPhone(2);
        agent.press("t").sees("#transfer-panel");
        see(agent, "desk-transfer");
        agent.goesTo("#transfer-panel input[value=queue]")
                .press("ArrowRight")
                .goesTo("#target-agent")
                .types("Demo agent 2")
                .uses("#transfer-start");
        JsonObject offer = colleague.offer();
        colleague.accept(offer);
        agent.sees("#consult", "Talking");
        see(agent, "desk-consult");
        agent.uses("#cancel-transfer").seesNo("#consult");
    }

    private void afterTheCall(KeyboardAgent agent) {
        agent.press("Shift+E").sees("#wrap-up");
        agent.uses("#complete").sees("#wrap-up-errors");
        see(agent, "desk-wrap-up-incomplete");
        agent.press("Tab").press("Enter").types("snap");
        agent.sees("[role=option][aria-selected=true]");
        see(agent, "desk-wrap-up-search");
        agent.press("Enter")
                .uses("#add-inquiry")
                .types("one-shot")
                .press("Enter")
                .press("Tab")
                .press("ArrowRight");
        see(agent, "desk-wrap-up");
        agent.uses("#complete").isIn("Ready");
    }

    private void wallboard(KeyboardAgent wall) {
        wall.signsIn(address("/wallboard"), "supervisor1").sees(".queues");
        see(wall, "wallboard");
        wall.page().setViewportSize(1920, 1080);
        wall.uses("#big");
        see(wall, "wallboard-big-screen");
        wall.uses("#big");
        wall.page().setViewportSize(390, 844);
        see(wall, "wallboard-phone");
    }

    private void floor(KeyboardAgent supervisor) {
        supervisor
                .signsIn(address("/supervisor"), "supervisor1")
                .sees(".agents")
                .sees(".contacts");
        see(supervisor, "supervisor");
        supervisor
                .uses(".agents button[aria-label^='Change the state of Demo agent 1']")
                .sees("dialog");
        see(supervisor, "supervisor-state");
        supervisor.press("Escape").seesNo("dialog");
        supervisor
                .uses(".agents button[aria-label^='Change the skills of Demo agent 1']")
                .sees("dialog");
        see(supervisor, "supervisor-skills");
        supervisor
                .press("Escape")
                .seesNo("dialog")
                .uses(".queue-list button[aria-label*='SNAP']")
                .sees("dialog");
        see(supervisor, "supervisor-close-queue");
        supervisor.press("Escape").seesNo("dialog");
        supervisor.page().setViewportSize(390, 844);
        see(supervisor, "supervisor-phone");
    }

    private void withoutConnection(KeyboardAgent agent) throws Exception {
        helpline.stop();
        agent.sees(".banner", "Connection lost");
        see(agent, "desk-connection-lost");
        helpline.restart();
        agent.seesNo(".banner");
    }

    /// Whoever only closes the window stays ready for the seconds in which a lost connection may come back.
    private void leaves(KeyboardAgent agent) {
        agent.uses("#sign-out").uses("dialog .button.primary").sees("#user");
    }

    private void see(KeyboardAgent agent, String name) {
        visitor.see(agent.page(), name + "-" + colours.name().toLowerCase(Locale.ROOT));
    }

    private String address(String path) {
        return helpline.uri(path).toString();
    }
}
