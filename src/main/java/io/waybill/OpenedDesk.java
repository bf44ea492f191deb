package io.waybill;

import com.fasterxml.jackson.databind.node.NullNode;
import io.waybill.access.Caller;
import io.waybill.api.Answer;
import io.waybill.api.InProcess;
import io.waybill.cli.Desk;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
            spine.ground.recordMappings();
        }
        return reply(calls.call(verb, path, body, language));
    }

    private static Reply reply(Answer answer) {
        try {
            return new Reply(answer.status(), Json.mapper().readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Reply upload(String path, Path file, Locale language) {
        spine.ground.recordMappings();
        spine.batches.uploads.start();
        spine.batches.comparing.start();
        return reply(calls.upload(path, file, language));
    }

    @Override
    public Reply download(String path, Path target, Locale language) {
        Answer answer = calls.call("get", path, new byte[0], language);
        Path file = answer.file();
        if (file == null && answer.status() >= 400) {
            return reply(answer);
        }
        try {
            if (file == null) {
                Files.write(target, answer.body());
            } else {
                Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
            return new Reply(answer.status(), NullNode.getInstance());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        spine.close();
    }
}
