package org.helpline.records.sql;

/// How far a journal is in the records.
///
/// @param journal which journal
/// @param seq the last event that was folded
/// @param resumeSeq where to read on from, so that contacts that were open then are known again
public record Cursor(String journal, long seq, long resumeSeq) {}
