package io.waybill.carrier.yunexpress;

import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.NotNow;
import io.waybill.carrier.Reply;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A no: code and words. {@code errors.csv} says of a code what it means or which field of ours it speaks of; a code it does not
 * hold is judged by its words, in English or Chinese, and by the HTTP status that stands in it. Where all of them tell nothing,
 * nobody knows what was decided.
 *
 * @param elsewhere what the answer says in any other field: told where there is nothing else, and not judged
 */
record YunExpressError(int status, String code, String words, String elsewhere) {
    private static final CodeTable ERRORS = CodeTable.read(YunExpressError.class, "errors.csv", "");
    private static final Pattern ELEMENT =
            Pattern.compile("(packages|declaration_?info)[\\[.](\\d{1,3})", Pattern.CASE_INSENSITIVE);
    private static final Pattern SENDER = Pattern.compile("sender|shipper|发件|寄件", Pattern.CASE_INSENSITIVE);

    static YunExpressError of(Answer.Read answer) {
        YunExpressAnswer said = YunExpressAnswer.of(answer);
        String words = said.words();
        if (words.isEmpty() && said.code().isEmpty() && !said.isRefusal()) {
            throw new IllegalArgumentException("it tells no error" + Reply.words(answer));
        }
        return new YunExpressError(
                answer.status(), said.code(), words, Reply.words(answer).replaceFirst("^: ", ""));
    }

    /** The token was not taken: another one may be. */
    static boolean isTokenRefused(Answer.Read answer) {
        if (answer.status() == 401) {
            return true;
        }
        try {
            return YunExpressAnswer.of(answer).isRefusal() && of(answer).means("token");
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    /** The account, its token, its signature, its balance or its pace is at fault; the same order may be bought once that is mended. */
    boolean isAboutTheCaller() {
        return status == 401 || status == 403 || means("token") || means("caller") || means("busy");
    }

    /** It is about the order: by a code that is known, by what its words name, or by its HTTP status. */
    boolean isAboutTheOrder() {
        return status == 400 || status == 422 || means("order") || pointer() != null;
    }

    /** It may have been done, or is being done; or it is a no without a reason. */
    boolean isUnclear() {
        return means("unclear") || NotNow.isSaid(words) || (words.isEmpty() && code.matches("0*"));
    }

    /** The order number was used before. */
    boolean isDuplicate() {
        return means("duplicate");
    }

    /** There is no such order. */
    boolean isAbsent() {
        return means("absent") && !NotNow.isSaid(words);
    }

    private boolean means(String word) {
        String said = meaning(one -> !one.startsWith("/") && !one.equals("order"));
        String further = said.isEmpty() ? ofStatus() : said;
        return (further.isEmpty() ? meaning("order"::equals) : further).equals(word);
    }

    /** By the HTTP status that a code is, or that stands in one of the gateway, {@code 0200500001}. */
    private String ofStatus() {
        boolean isGateways = code.matches("0200[1-5]\\d{5}");
        int told = isGateways
                ? Integer.parseInt(code.substring(4, 7))
                : code.matches("[1-5]\\d{2}") ? Integer.parseInt(code) : 0;
        return switch (told) {
            case 401 -> "token";
            case 403 -> "caller";
            case 429 -> "busy";
            case 400, 422 -> "order";
            default -> told == 408 || told >= 500 ? "unclear" : "";
        };
    }

    /** The field of our order it speaks of, or null. */
    @Nullable
    String pointer() {
        Matcher element = ELEMENT.matcher(words);
        if (element.find()) {
            boolean isParcel = element.group(1).toLowerCase(Locale.ROOT).startsWith("p");
            return (isParcel ? "/parcels/" : "/items/") + element.group(2);
        }
        String pointer = meaning(one -> one.startsWith("/"));
        if (pointer.isEmpty()) {
            return null;
        }
        return SENDER.matcher(words).find() ? pointer.replaceFirst("^/shipTo", "/shipFrom") : pointer;
    }

    /** By the code, which then tells all; else by the first phrase of the table that stands in the words. */
    private String meaning(Predicate<String> wanted) {
        if (ERRORS.codes().contains(code)) {
            String word = ERRORS.word(code);
            return wanted.test(word) ? word : "";
        }
        String said = words.toLowerCase(Locale.ROOT).replace("_", "");
        return ERRORS.codes().stream()
                .filter(phrase -> !phrase.matches("\\d+"))
                .filter(said::contains)
                .map(ERRORS::word)
                .filter(wanted)
                .findFirst()
                .orElse("");
    }

    /** Counts a code nobody knows. */
    String told() {
        if (!code.isEmpty()) {
            ERRORS.word(code);
        }
        return Stream.of(words, code, elsewhere)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("it says no reason");
    }
}
