package io.waybill.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The segments of IDocs that are known: those that ship, and those a mapping brings. A file names a segment by its definition
 * (E2EDK01005: release 005 of E1EDK01); releases only add fields behind the others, so one layout reads them all.
 */
final class Segments {
    static final String CONTROL = "EDI_DC40";

    private static final Layout SHIPPED = shipped();

    private static final int MOST = 1_000;

    private final Layout layout;
    private final Map<String, Optional<LineLayout>> found = new HashMap<>();

    Segments(Layout own) {
        this.layout = own.over(SHIPPED);
    }

    LineLayout control() {
        return Objects.requireNonNull(layout.line(CONTROL));
    }

    /** The segment of this name or definition, or null. */
    @Nullable
    LineLayout find(String name) {
        if (found.size() > MOST) {
            found.clear();
        }
        return found.computeIfAbsent(name, asked -> Optional.ofNullable(look(asked)))
                .orElse(null);
    }

    private @Nullable LineLayout look(String name) {
        String plain = name.matches(".*\\d{3}") ? name.substring(0, name.length() - 3) : name;
        for (String candidate : new String[] {name, type(name), plain, type(plain)}) {
            LineLayout known = layout.line(candidate);
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    /** How a file names the segment. */
    static String definition(LineLayout segment) {
        return segment.definition().isEmpty()
                ? segment.record().replaceFirst("^(/\\w+/)?([EZ])1", "$1$22")
                : segment.definition();
    }

    private static String type(String definition) {
        return definition.replaceFirst("^(/\\w+/)?([EZ])2", "$1$21");
    }

    private static Layout shipped() {
        try (InputStream in = Segments.class.getResourceAsStream("idoc-segments.csv")) {
            return Layout.segments(Objects.requireNonNull(in), "idoc-segments.csv");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
