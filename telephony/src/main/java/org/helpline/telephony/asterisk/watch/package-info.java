/// Watches an Asterisk over AMI, its manager interface, with asterisk-java.
///
/// asterisk-java blocks and calls back on threads of its own. Both end in [ManagerLink]: what it hears is
/// handed to one Vert.x context at once, what waits runs on a virtual thread.
package org.helpline.telephony.asterisk.watch;
