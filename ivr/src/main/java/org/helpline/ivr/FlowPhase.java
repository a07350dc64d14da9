package org.helpline.ivr;

/// What one call is doing in its flow. [FlowState#playing] says whether a prompt is heard at this moment.
public enum FlowPhase {
    NOT_ARRIVED,
    /// A [CallFlow.Node.Say] is heard.
    SAYING,
    /// A menu's prompts are heard; a key ends them.
    MENU_PLAYING,
    /// A menu was heard and a key is awaited.
    MENU_LISTENING,
    /// The router has been asked to take the contact and has not answered yet.
    ENTERING_QUEUE,
    /// In line: music, or the welcome, or the place in line.
    WAITING,
    WITH_AGENT,
    /// The agent has put the caller on hold: music.
    ON_HOLD,
    /// The agent vanished and may come back: comfort, then music.
    AGENT_LOST,
    /// The carrier was told to take the caller elsewhere and has not said yet that the leg is over.
    REFERRED,
    /// The last prompts are heard.
    HANGING_UP,
    /// The carrier was told to hang up and has not said yet that the caller is gone.
    HUNG_UP,
    ENDED
}
