package org.helpline.config;

/// What the deployment is for; it decides what is forbidden.
public enum Deployment {
    /// A trial on one machine: passwords are made at the first start, drafts of prompts may be spoken.
    DEMO,
    /// Real callers: every user has a password hash, nothing listens in the clear beyond loopback, every prompt is
    /// real.
    PRODUCTION
}
