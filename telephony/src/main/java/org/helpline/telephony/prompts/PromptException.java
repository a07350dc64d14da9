package org.helpline.telephony.prompts;

/// A prompt that cannot be made; the message is one line and names it.
public final class PromptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PromptException(String message) {
        super(message);
    }
}
