package io.waybill.carrier;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Words of a carrier that could not do it just now, whatever its code: such an answer decides nothing, for the carrier may have
 * sold before it failed. That somebody is to correct something and try again is a decision.
 */
public final class NotNow {
    private static final Pattern LATER = Pattern.compile("\\b(try|check|retry)\\b[\\w ]{0,40}\\blater\\b"
            + "|\\btemporarily (unavailable|not available|down|unable)\\b|\\bcurrently unable\\b"
            + "|\\bsystem (is )?(unavailable|busy|down)\\b|\\btimed out\\b|\\btime-?out\\b"
            + "|\\bversuch.{0,40}\\bspäter\\b"
            + "|稍[后候]|请稍|系统(繁忙|忙|异常|错误|故障|维护)|服务器?(繁忙|异常|错误)|网络异常|超时");

    private NotNow() {}

    /** {@code Please try again later}, {@code temporarily unavailable}, {@code 系统繁忙，请稍后再试} and their like. */
    public static boolean isSaid(String words) {
        return LATER.matcher(words.toLowerCase(Locale.ROOT)).find();
    }
}
