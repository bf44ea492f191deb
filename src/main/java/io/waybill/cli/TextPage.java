package io.waybill.cli;

/** A page on a terminal. */
record TextPage(Terminal terminal) {
    private static final int WIDEST_BAR = 40;

    void show(Page page) {
        terminal.line(page.title());
        for (Page.Section section : page.sections()) {
            terminal.line("");
            terminal.line("== " + section.heading());
            section.parts().forEach(this::show);
        }
    }

    private void show(Page.Part part) {
        if (part instanceof Page.Sentence sentence) {
            terminal.line(sentence.text());
        } else if (part instanceof Page.Mark mark) {
            terminal.line("  " + mark.speaks().sign + " " + mark.text());
        } else if (part instanceof Page.Table table) {
            Columns columns = new Columns(table.heads());
            table.rows().forEach(columns::row);
            columns.lines().forEach(line -> terminal.line("  " + line));
        } else if (part instanceof Page.Bars bars) {
            show(bars);
        }
    }

    private void show(Page.Bars bars) {
        terminal.line(bars.caption());
        int widest = bars.bars().stream()
                .mapToInt(bar -> Columns.width(bar.word()))
                .max()
                .orElse(0);
        for (Page.Bar bar : bars.bars()) {
            String pad = " ".repeat(widest - Columns.width(bar.word()));
            int length = (int) (bar.count() * WIDEST_BAR / Math.max(1, bars.most()));
            terminal.line(("  " + bar.word() + pad + "  " + "#".repeat(length) + " " + bar.count()));
        }
    }
}
