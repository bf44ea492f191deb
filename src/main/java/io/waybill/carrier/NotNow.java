package io.waybill.carrier;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Words of a carrier that could not do it just now, whatever its code: such an answer decides nothing, for the carrier may have
 * sold before it failed. That somebody is to correct something and try again is a decision.
 */
public final class NotNow {
    /** What is not to be had at a place is decided. */
    private static final String NOT_OF_A_PLACE = "(?! (to (deliver|ship|serve) )?((for|to|in|at|from|between) )?"
            + "((this|that|the|your|these) )?([\\w-]+ )?(destinations?|origins?|countr(y|ies)|regions?|areas?|(postal|zip) codes?)\\b)";

    /** At another time; not with a later day, nor with one that is no later than another. */
    private static final String LATER =
            "(\\bat a later (time|date)|(?<!\\b(a|an|the|no|not|is|be|any|or|some) )\\blater)\\b"
                    + "(?! (than|one|((ship|shipping|pick-?up|collection|delivery|mailing|dispatch) )?(date|day))\\b)";

    private static final String IN_A_WHILE = "\\b(re)?try( it| your request)?( again)?"
            + " ((in|after) (\\w+ ){1,3}(second|minute|moment|hour|while|time)s?|shortly|soon)\\b";

    private static final Pattern SAID = Pattern.compile("\\b(try|check|retry)\\b[\\w ]{0,40}?" + LATER
            + "|" + IN_A_WHILE
            + "|\\btemporarily (unavailable|not available|down|unable)\\b" + NOT_OF_A_PLACE
            + "|\\bcurrently unable\\b" + NOT_OF_A_PLACE
            + "|\\bsystem (is )?(unavailable|busy|down)\\b|\\btimed out\\b|\\btime-?out\\b"
            + "|\\bversuch.{0,40}\\bspäter\\b"
            + "|稍[后候]|请稍|系统(繁忙|忙|异常|错误|故障|维护)|服务器(繁忙|异常|错误)|(?<![物流输品递送])服务(繁忙|异常|错误)|网络异常|超时");

    private NotNow() {}

    /** {@code Please try again later}, {@code temporarily unavailable}, {@code 系统繁忙，请稍后再试} and their like. */
    public static boolean isSaid(String words) {
        return SAID.matcher(words.toLowerCase(Locale.ROOT)).find();
    }
}
