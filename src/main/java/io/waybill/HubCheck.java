package io.waybill;

import io.waybill.cli.Findings;
import io.waybill.problem.Problem;
import io.waybill.settings.Settings;

/**
 * Looks at everything a hub would be made of, and starts none of it: no port is taken, no database of a hub opened, no
 * document moved. Each part is read as the hub itself reads it.
 */
final class HubCheck {
    private final Settings settings;
    private final Gathered found = new Gathered();

    HubCheck(Settings settings) {
        this.settings = settings;
    }

    Findings run() {
        new SettingsCheck(settings, found).run();
        MappingsCheck mappings = MappingsCheck.read(settings);
        found.problems.addAll(mappings.problems());
        new RoutesCheck(settings, mappings, found).run();
        found.collect(() -> Written.dataFolder(settings).check());
        found.collect(this::store);
        found.warnings.addAll(settings.warnings());
        new UnreadSettings(settings)
                .problems().stream().filter(unread -> !isTold(unread)).forEach(found.problems::add);
        if (found.problems.isEmpty()) {
            found.warnings.addAll(settings.unreadVariables());
        }
        return new Findings(found.problems.stream().distinct().toList(), found.warnings, found.facts);
    }

    private void store() {
        StoreCheck.Found store = StoreCheck.of(settings);
        found.facts.addAll(store.facts());
        found.warnings.addAll(store.warnings());
    }

    /** By whoever reads its section, with the keys it knows; or it may be read where nothing else of the section is wrong. */
    private boolean isTold(Problem unread) {
        String key = key(unread);
        return found.problems.stream()
                .filter(told -> key(told).indexOf('.') > 0)
                .anyMatch(told -> told.code().equals(unread.code())
                        ? key(told).equals(key)
                        : key.startsWith(key(told).substring(0, key(told).lastIndexOf('.') + 1)));
    }

    /** Of a setting; what is wrong with a mapping names keys without a point. */
    private static String key(Problem problem) {
        return problem.values().getOrDefault("key", "");
    }
}
