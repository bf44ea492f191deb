package io.waybill.format;

import io.waybill.problem.Problem;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a fixed-length file whose lines are of one kind, as rows under the names of its layout. */
final class FixedRows implements Rows {
    private final String file;
    private final boolean bytes;
    private final LineLayout layout;
    private final TextLines lines;
    private final FilledLines filled;
    private boolean begun;

    FixedRows(InputStream in, String file, Reading reading) {
        this.file = file;
        this.bytes = reading.fixed().bytes();
        this.layout = reading.fixed().layout().only();
        this.lines = new TextLines(in, file, reading);
        this.filled = new FilledLines(file);
    }

    @Override
    public @Nullable RawRow next() {
        if (!begun) {
            begun = true;
            List<String> names = new ArrayList<>();
            layout.read().forEach(field -> names.add(field.name()));
            names.addAll(undeclared());
            names.add(Header.REASON);
            return new RawRow(0, names, names.size(), List.of());
        }
        TextLine line = lines.next();
        return line == null ? null : row(line);
    }

    private RawRow row(TextLine line) {
        Cut cut = Cut.of(line.text(), bytes ? lines.charset() : null);
        FieldText text = new FieldText(file, line.number(), cut, 0);
        List<String> cells = new ArrayList<>();
        layout.read().forEach(field -> cells.add(text.read(field)));
        layout.undeclared().forEach(place -> cells.add(text.undeclared(place)));
        cells.add(line.reason());
        text.checkWidth(layout.width());
        List<Problem> problems = new ArrayList<>(text.problems());
        Problem cutOff = filled.cutOff(layout, line, cut.length());
        if (cutOff != null) {
            problems.add(0, cutOff);
        }
        if (line.damage() != null) {
            problems.add(0, line.damage());
        }
        return new RawRow(line.number(), cells, cells.size(), problems);
    }

    @Override
    public List<String> undeclared() {
        return layout.undeclared().stream().map(LayoutField::name).toList();
    }

    @Override
    public Problem tooWide(RawRow row, int width) {
        throw new IllegalStateException("a row has as many cells as its layout fields");
    }

    @Override
    public boolean looseHeader() {
        return false;
    }

    @Override
    public void close() {
        lines.close();
    }
}
