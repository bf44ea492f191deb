package io.waybill.ledger;

import io.waybill.text.Shortened;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a name is found by: its words without case or accents, and of scripts that part no words every rest of a run, so that
 * the beginning of a word finds it everywhere and any part of a Chinese name does too.
 */
final class NameWords {
    private static final int MOST = 24;
    private static final int LONGEST = 40;
    private static final Pattern WORD = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]+"
            + "|[\\p{L}\\p{N}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]]+");
    private static final Pattern UNPARTED = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}].*");

    private NameWords() {}

    /** What is written down for a name. */
    static Set<String> of(@Nullable String name) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : asked(name)) {
            int starts = UNPARTED.matcher(word).matches() ? word.length() : 1;
            for (int i = 0; i < starts && words.size() < MOST; i++) {
                words.add(Shortened.to(LONGEST, word.substring(i)));
            }
        }
        return words;
    }

    /** The words of what somebody looks for, each the beginning of one that is written down. */
    static List<String> asked(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT);
        return WORD.matcher(Normalizer.normalize(plain, Normalizer.Form.NFC))
                .results()
                .map(MatchResult::group)
                .map(word -> Shortened.to(LONGEST, word))
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** The first text after all that begin with this. */
    static String after(String word) {
        int last = word.codePointBefore(word.length());
        String head = word.substring(0, word.length() - Character.charCount(last));
        return head + Character.toString(last + 1);
    }
}
