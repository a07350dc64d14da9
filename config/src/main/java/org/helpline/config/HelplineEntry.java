package org.helpline.config;

import java.util.List;
import org.helpline.ivr.CallFlow;

/// One helpline: the numbers it answers and what a caller meets there.
///
/// @param id unique among helplines
/// @param name for people
/// @param numbers dialled numbers or SIP user parts it answers, unique among helplines
/// @param flow checked: every node, queue and prompt it names is there
public record HelplineEntry(String id, String name, List<String> numbers, CallFlow flow) {
    public HelplineEntry {
        numbers = List.copyOf(numbers);
    }
}
