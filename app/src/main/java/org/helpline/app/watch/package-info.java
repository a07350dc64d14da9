/// What the watch over the switch means for agents, contacts and health.
package org.helpline.app.watch;
