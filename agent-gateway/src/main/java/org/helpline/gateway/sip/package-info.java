/// Browsers as phones: tickets, and the WebSocket through which a page speaks SIP to the carrier. The carrier itself is
/// reached by nobody but Helpline.
package org.helpline.gateway.sip;
