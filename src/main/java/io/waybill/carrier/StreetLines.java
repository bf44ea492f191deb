package io.waybill.carrier;

import io.waybill.order.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A street in as many lines as a carrier takes. None is ever cut: one that is too long goes on in a free line below, and where
 * none is free, lines are joined. The words stay in their order, and lines that fit stay as they are.
 *
 * @param length the most characters of a line
 * @param most the most lines
 */
public record StreetLines(int length, int most) {
    private record Line(String field, String text) {}

    /**
     * @param pointer of the address
     * @throws RefusedException at the first line that there is no room for
     */
    public List<String> of(Address address, String pointer) {
        List<Line> lines = Stream.of(
                        line("line1", address.line1()), line("line2", address.line2()), line("line3", address.line3()))
                .filter(line -> !line.text().isEmpty())
                .toList();
        if (lines.isEmpty()) {
            return List.of();
        }
        for (int apart = lines.size() - 1; apart >= 0; apart--) {
            Optional<List<String>> fitting = fitting(lines, apart);
            if (fitting.isPresent()) {
                return fitting.get();
            }
        }
        throw noRoom(lines, pointer);
    }

    /** For a quote that tells no street: what could not be bought has no price. */
    public void require(Address address, String pointer) {
        of(address, pointer);
    }

    private static Line line(String field, @Nullable String text) {
        return new Line(field, Objects.requireNonNullElse(text, "").strip());
    }

    /** @param apart how many lines begin one of their own; those after them go on as one */
    private Optional<List<String>> fitting(List<Line> lines, int apart) {
        List<String> out = new ArrayList<>();
        lines.subList(0, apart).forEach(line -> wrap(line.text(), out));
        wrap(joined(lines.subList(apart, lines.size())), out);
        return out.size() <= most && out.stream().noneMatch(this::isTooLong) ? Optional.of(out) : Optional.empty();
    }

    private static String joined(List<Line> lines) {
        return String.join(" ", lines.stream().map(Line::text).toList());
    }

    private void wrap(String text, List<String> out) {
        if (!isTooLong(text)) {
            out.add(text);
            return;
        }
        String line = "";
        for (String word : text.split("\\s+", 0)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && isTooLong(longer)) {
                out.add(line);
                line = word;
            } else {
                line = longer;
            }
        }
        out.add(line);
    }

    private boolean isTooLong(String text) {
        return text.codePointCount(0, text.length()) > length;
    }

    private RefusedException noRoom(List<Line> lines, String pointer) {
        int fits = 0;
        while (fitting(lines.subList(0, fits + 1), 0).isPresent()) {
            fits++;
        }
        Line first = lines.get(fits);
        return Refusals.takesNot(
                first.text(), pointer + "/" + first.field(), "at most " + length + " characters in " + most + " lines");
    }
}
