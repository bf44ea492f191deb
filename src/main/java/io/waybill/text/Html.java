package io.waybill.text;

/** What stands on a page as text. */
public final class Html {
    private Html() {}

    /** Every character that could be markup is escaped, for texts and attributes alike. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
