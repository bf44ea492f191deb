package io.waybill.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A file of orders with a bad row, the same file again, and the corrected row. */
final class FolderAct implements Act {
    private static final List<String> GOOD = List.of("SO-2001", "SO-2002");
    private static final String BAD = "SO-2003";

    @Override
    public String name() {
        return "folder";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        String orders = Samples.read("orders.csv");
        stage.say("folder.drop", "folder", stage.world.shopExport);
        Set<Path> before = new HashSet<>(Folder.files(stage.world.archive()));
        stage.quote(Files.readString(drop(stage, "orders.csv", orders)));
        Path quarantine = stage.await(
                "folder.wait",
                () -> Folder.files(stage.world.archive()).stream()
                        .filter(file ->
                                !before.contains(file) && file.toString().endsWith(".quarantine.csv"))
                        .findFirst());
        stage.say("folder.quarantine", "file", quarantine);
        stage.quote(Files.readString(quarantine));
        for (String orderId : GOOD) {
            stage.fact(
                    Stage.hasLabel(stage.labelled(orderId)),
                    "folder.good",
                    "orderId",
                    orderId,
                    "number",
                    Stage.trackingNumber(stage.labelled(orderId)));
        }

        int sold = stage.book().path("sold").asInt();
        stage.say("folder.again");
        String receipt = Files.readString(drop(stage, "orders-again.csv", orders));
        stage.quote(receipt);
        stage.fact(GOOD.stream().allMatch(id -> receipt.contains(id + ";duplicate")), "folder.known");
        stage.fact(stage.book().path("sold").asInt() == sold, "folder.nothing", "sold", sold);

        stage.say("folder.correct");
        drop(stage, "corrected.csv", Files.readString(quarantine).replace(";BOAT;", ";EXP;"));
        stage.fact(
                Stage.hasLabel(stage.labelled(BAD)),
                "folder.good",
                "orderId",
                BAD,
                "number",
                Stage.trackingNumber(stage.labelled(BAD)));
    }

    /** Drops a file and waits for its receipt, which it answers. */
    private static Path drop(Stage stage, String name, String content) throws Exception {
        Set<Path> before = new HashSet<>(Folder.files(stage.world.archive()));
        Path dropped = Files.writeString(stage.world.shopExport.resolve(name), content);
        return stage.await(
                "folder.wait",
                () -> Files.exists(dropped)
                        ? Optional.empty()
                        : Folder.files(stage.world.archive()).stream()
                                .filter(file -> !before.contains(file)
                                        && file.toString().endsWith(".receipt.csv"))
                                .findFirst());
    }
}
