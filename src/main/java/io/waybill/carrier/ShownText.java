package io.waybill.carrier;

import java.util.List;

/** What a page shows: its text without tags, comments, scripts and styles. One of these that never ends is passed over. */
final class ShownText {
    private static final List<String> UNSEEN = List.of("script", "style");

    private final String page;
    private final String lower;

    private ShownText(String page) {
        this.page = page;
        this.lower = lower(page);
    }

    /** Letter by letter: each stands where it stood, also one that has two letters when it is small. */
    private static String lower(String page) {
        StringBuilder lower = new StringBuilder(page.length());
        page.chars().forEach(letter -> lower.append(Character.toLowerCase((char) letter)));
        return lower.toString();
    }

    /** A blank stands for each tag. Where the last one is cut off, it stays. */
    static String of(String page) {
        return new ShownText(page).read();
    }

    private String read() {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        for (int tag = page.indexOf('<'); tag >= 0; tag = page.indexOf('<', at)) {
            int end = end(tag);
            if (end < 0) {
                break;
            }
            shown.append(page, at, tag).append(' ');
            at = end;
        }
        return shown.append(page, at, page.length()).toString();
    }

    /** Behind what begins there; negative where it never ends. */
    private int end(int tag) {
        int end = page.startsWith("<!--", tag) ? behind("-->", tag + 4) : unseen(tag);
        return end < 0 ? behind(">", tag + 1) : end;
    }

    private int behind(String mark, int from) {
        int at = page.indexOf(mark, from);
        return at < 0 ? at : at + mark.length();
    }

    /** Behind a script or a style that begins there. */
    private int unseen(int tag) {
        for (String name : UNSEEN) {
            int after = tag + 1 + name.length();
            boolean isWord = after < page.length() && Character.isLetterOrDigit(page.charAt(after));
            if (lower.startsWith(name, tag + 1) && !isWord) {
                return closed("</" + name, after);
            }
        }
        return -1;
    }

    private int closed(String mark, int from) {
        for (int at = lower.indexOf(mark, from); at >= 0; at = lower.indexOf(mark, at + 1)) {
            int end = at + mark.length();
            while (end < page.length() && Character.isWhitespace(page.charAt(end))) {
                end++;
            }
            if (end < page.length() && page.charAt(end) == '>') {
                return end + 1;
            }
        }
        return -1;
    }
}
