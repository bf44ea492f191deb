package io.waybill.cli;

/** How far something is: on a terminal a bar that moves, elsewhere one line at the end of each part. */
final class ProgressBar {
    private static final int WIDTH = 30;

    private final Terminal terminal;
    private final boolean moves;
    private String shown = "";

    /** @param moves the line can be written over */
    ProgressBar(Terminal terminal, boolean moves) {
        this.terminal = terminal;
        this.moves = moves;
    }

    void show(String what, long done, long all) {
        shown = line(what, done, all);
        if (moves) {
            terminal.out().print("\r\u001b[K" + shown);
            terminal.out().flush();
        }
    }

    /** {@code [###...] 10/100 taking in}. */
    static String line(String what, long done, long all) {
        long of = Math.max(1, Math.max(all, done));
        int full = (int) (WIDTH * done / of);
        return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + done + "/" + Math.max(all, done) + " " + what;
    }

    /** The part is over. */
    void end() {
        if (!shown.isEmpty()) {
            terminal.out().println(moves ? "" : shown);
            shown = "";
        }
    }
}
