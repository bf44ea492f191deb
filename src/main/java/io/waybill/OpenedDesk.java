package io.waybill;

import io.waybill.access.Caller;
import io.waybill.api.Answer;
import io.waybill.api.InProcess;
import io.waybill.cli.Desk;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;

/** The calls on the database itself, while no hub runs on it. Nothing is bought or delivered until one does. */
record OpenedDesk(Spine spine, InProcess calls) implements Desk {
    static OpenedDesk open(Settings settings) {
        DataFolder data = DataFolder.open(Path.of(settings.section("waybill").get("data", "data")));
        Spine spine = new Spine(settings, data, name -> event -> {
            throw new IllegalStateException("no hub runs");
        });
        return new OpenedDesk(spine, new InProcess(spine.api().resources(1), Caller.LOCAL));
    }

    @Override
    public boolean isRunning() {
        return false;
    }

    @Override
    public Reply call(String verb, String path, byte[] body, Locale language) {
        if (!verb.equals("get")) {
            spine.recordMappings();
        }
        Answer answer = calls.call(verb, path, body, language);
        try {
            return new Reply(answer.status(), Json.mapper().readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        spine.close();
    }
}
