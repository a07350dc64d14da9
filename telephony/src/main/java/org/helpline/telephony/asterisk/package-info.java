/// Asterisk over ARI: one WebSocket carries requests and events; the census comes by HTTP.
///
/// Asterisk carries out the requests of one WebSocket in the order in which they were sent. The adapter
/// builds on that: it sends the requests of a command, and of the commands after it, without waiting for
/// answers.
package org.helpline.telephony.asterisk;
