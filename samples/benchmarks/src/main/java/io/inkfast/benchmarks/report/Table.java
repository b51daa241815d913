package io.inkfast.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A Markdown table, written row by row, and the numbers in its cells. */
final class Table {

    private final StringBuilder text = new StringBuilder();

    Table(String title, String note, List<String> heads) {
        text.append("\n#### ").append(title).append("\n\n");
        if (!note.isEmpty()) {
            text.append(note).append("\n\n");
        }
        row(heads);
        text.append("|---".repeat(heads.size())).append("|\n");
    }

    void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** Median, range and ratio: {@code 1,200 [1,100..1,300] x0.87}. */
    static String cell(Series series, OptionalDouble best) {
        StringBuilder cell = new StringBuilder(number(series.median()));
        if (!series.single()) {
            cell.append(" [")
                    .append(number(series.min()))
                    .append("..")
                    .append(number(series.max()))
                    .append(']');
        }
        if (best.isPresent() && best.getAsDouble() != 0) {
            cell.append(" x").append(ratio(series.median() / best.getAsDouble()));
        }
        return cell.toString();
    }

    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 && value != Math.rint(value) ? "%.2f" : "%,.0f", value);
    }

    static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
