/// Prompts: texts made into audio, or recordings in their place.
package org.helpline.telephony.prompts;
