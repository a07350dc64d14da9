package org.helpline.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// Rows for people: a Markdown table, aligned, so that it can be pasted into a page of results as it is.
final class Table {
    private static final List<String> HEADINGS =
            List.of("group", "measured", "world", "unit", "Helpline", "spread", "peer", "peer's", "spread", "ratio");

    private Table() {}

    static String of(List<Row> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADINGS);
        rows.forEach(row -> lines.add(cells(row)));
        int[] widths = new int[HEADINGS.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            append(text, lines.get(i), widths);
            if (i == 0) rule(text, widths);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            text.append("| ").append(cell).repeat(' ', widths[i] - cell.length() + 1);
        }
        text.append("|\n");
    }

    private static void rule(StringBuilder text, int[] widths) {
        for (int width : widths) {
            text.append('|').repeat('-', width + 2);
        }
        text.append("|\n");
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.group(),
                row.name(),
                row.world(),
                row.unit(),
                shown(row.figure().value()),
                spread(row.figure()),
                row.peer().map(Row.Peer::name).orElse(""),
                row.peer().map(peer -> shown(peer.figure().value())).orElse(""),
                row.peer().map(peer -> spread(peer.figure())).orElse(""),
                row.ratio().map(Table::shown).orElse(""));
    }

    private static String spread(Figure figure) {
        return figure.low() == figure.high() ? "" : shown(figure.low()) + " to " + shown(figure.high());
    }

    private static String shown(double value) {
        return Row.rounded(value).toPlainString();
    }
}
