package io.waybill.cli;

import java.util.ArrayList;
import java.util.List;

/** A page for people: a title, and sections of sentences and tables. It is shown as text or as HTML. */
final class Page {
    private final String title;
    private final List<Section> sections = new ArrayList<>();

    /** @param parts sentences, tables and bars, in order */
    record Section(String heading, List<Part> parts) {
        Section say(String sentence) {
            parts.add(new Sentence(sentence));
            return this;
        }

        Section mark(Speaks speaks, String sentence) {
            parts.add(new Mark(speaks, sentence));
            return this;
        }

        Section table(List<String> heads, List<List<String>> rows) {
            if (!rows.isEmpty()) {
                parts.add(new Table(heads, List.copyOf(rows)));
            }
            return this;
        }

        Section bars(String caption, List<Bar> bars) {
            if (!bars.isEmpty()) {
                parts.add(new Bars(caption, List.copyOf(bars)));
            }
            return this;
        }
    }

    sealed interface Part permits Sentence, Mark, Table, Bars {}

    record Sentence(String text) implements Part {}

    record Mark(Speaks speaks, String text) implements Part {}

    /** What a sentence says to the question above it. */
    enum Speaks {
        FOR("+", "good"),
        AGAINST("-", "bad"),
        NEITHER(".", "fact");

        final String sign;
        final String style;

        Speaks(String sign, String style) {
            this.sign = sign;
            this.style = style;
        }

        static Speaks of(boolean good) {
            return good ? FOR : AGAINST;
        }
    }

    record Table(List<String> heads, List<List<String>> rows) implements Part {}

    record Bars(String caption, List<Bar> bars) implements Part {
        long most() {
            return bars.stream().mapToLong(Bar::count).max().orElse(1);
        }
    }

    record Bar(String word, long count) {}

    Page(String title) {
        this.title = title;
    }

    Section section(String heading) {
        Section section = new Section(heading, new ArrayList<>());
        sections.add(section);
        return section;
    }

    String title() {
        return title;
    }

    List<Section> sections() {
        return sections;
    }
}
