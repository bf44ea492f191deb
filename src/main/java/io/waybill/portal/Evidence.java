package io.waybill.portal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a finding of an audit rests on, {@code billed=9.10; expected=8.10}, in the words of the pages. */
final class Evidence {
    private static final String PARTED = "; ";
    private static final Pattern PAIR = Pattern.compile("(\\w+)=(.*)", Pattern.DOTALL);
    private static final Map<String, Pattern> SENTENCES = Map.of(
            "charged-before", Pattern.compile("charged before: (.*)", Pattern.DOTALL),
            "other-currency", Pattern.compile("expected in another currency; billed in (.*)", Pattern.DOTALL),
            "late-credit", Pattern.compile("credit for a late delivery()"));

    private final Texts texts;

    Evidence(Texts texts) {
        this.texts = texts;
    }

    /** As it is where there are no words for it; what a carrier wrote stays as it wrote it. */
    String told(String evidence) {
        for (Map.Entry<String, Pattern> sentence : SENTENCES.entrySet()) {
            Matcher found = sentence.getValue().matcher(evidence);
            if (found.matches()) {
                return texts.text("evidence." + sentence.getKey(), "value", found.group(1));
            }
        }
        List<String> told = new ArrayList<>();
        for (String part : evidence.split(PARTED, -1)) {
            Matcher pair = PAIR.matcher(part);
            if (pair.matches() && texts.has("evidence." + pair.group(1))) {
                told.add(texts.text(
                        "evidence.pair",
                        "name",
                        texts.word("evidence", pair.group(1)),
                        "value",
                        texts.word("evidence-value", pair.group(2))));
            } else if (told.isEmpty()) {
                told.add(part);
            } else {
                told.add(told.remove(told.size() - 1) + PARTED + part);
            }
        }
        return String.join(texts.text("evidence.parted"), told);
    }
}
