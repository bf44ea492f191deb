package io.waybill;

import io.waybill.mapping.Nearest;
import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import io.waybill.settings.SettingsCode;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings that nobody has read, each with what was probably meant. */
record UnreadSettings(Settings settings) {
    private static final Pattern RULE = Pattern.compile("rule\\.([^.]+)\\..*");

    List<Problem> problems() {
        return settings.unread().stream().map(this::told).toList();
    }

    private Problem told(Problem unread) {
        String key = unread.values().getOrDefault("key", "");
        Matcher rule = RULE.matcher(key);
        List<String> listed = settings.section("").list("rules");
        if (rule.matches() && !listed.contains(rule.group(1))) {
            return settings.section("")
                    .locate(Problem.of(SettingsCode.UNLISTED_RULE, "key", key, "rule", rule.group(1)), key);
        }
        List<String> nearest = Nearest.all(key, new TreeSet<>(settings.asked()));
        return nearest.size() == 1 ? unread.with("nearest", nearest.get(0)) : unread;
    }
}
