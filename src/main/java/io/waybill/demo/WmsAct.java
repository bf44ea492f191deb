package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The warehouse finds a small CSV file. */
final class WmsAct implements Act {
    @Override
    public String name() {
        return "wms";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        JsonNode order = stage.thread().json();
        Path file = stage.await(
                "wms.wait", () -> fileAbout(stage.world.wms, Stage.trackingNumber(order), "order.labelled"));
        stage.fact(true, "wms.file", "file", file);
        stage.quote(Files.readString(file));
    }

    /** The file that tells of a number, and names this. */
    static Optional<Path> fileAbout(Path folder, String number, String event) throws IOException {
        for (Path file : Folder.files(folder)) {
            String text = file.toString().endsWith(".csv") ? Files.readString(file) : "";
            if (text.contains(number) && text.contains(event)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
