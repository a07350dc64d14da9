package org.helpline.store;

import org.helpline.store.CallerMemory.Settings;

class InMemoryCallerMemoryTest extends CallerMemoryContract {
    private final InMemoryCallerMemory.Contents contents = new InMemoryCallerMemory.Contents();

    @Override
    protected CallerMemory newMemory(Settings settings) {
        return new InMemoryCallerMemory(contents, settings, () -> now);
    }
}
