package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.faults.ChildJvm;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Open purchases end while the Java machine stops: one of them may bring the first picture it ever met. */
class LabelWhileStoppingTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"PDF", "PNG"})
    void the_first_picture_of_a_hub_that_stops_becomes_a_label(String format) throws Exception {
        Path picture = folder.resolve("label.gif");
        ByteArrayOutputStream gif = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(80, 120, BufferedImage.TYPE_BYTE_GRAY), "gif", gif);
        Files.write(picture, gif.toByteArray());
        Path log = folder.resolve("log.txt");
        try (ChildJvm hub = ChildJvm.start(Stopping.class, log, Map.of(), format, picture.toString())) {
            hub.waitFor(60);
        }
        assertThat(Files.readString(log)).contains("made a " + format);
    }

    /** Makes a label once it stops. */
    static final class Stopping {
        private Stopping() {}

        public static void main(String[] arguments) throws Exception {
            byte[] gif = Files.readAllBytes(Path.of(arguments[1]));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                byte[] label = arguments[0].equals("PDF") ? LabelImages.pdf(gif, "4x6") : LabelImages.png(gif);
                System.out.println("made a " + LabelBytes.formatOf(label));
            }));
        }
    }
}
