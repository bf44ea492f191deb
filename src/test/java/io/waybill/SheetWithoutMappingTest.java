package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.IncomingFile;
import io.waybill.batch.Report;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.format.MadeWorkbook;
import io.waybill.intake.MappedIntake;
import io.waybill.ledger.Stores;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import io.waybill.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sends a sheet to a source without a mapping is told of the mapping, and not that a sheet is no JSON. */
class SheetWithoutMappingTest {
    @TempDir
    Path folder;

    private Rig rig;

    @BeforeEach
    void start() {
        rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8.10")));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_sheet_names_the_setting_that_is_missing() throws IOException {
        for (byte[] file : List.of(
                text("Order number,Recipient\nSO-1,Jane Roe\n"),
                text("1001,Jane Roe\n"),
                text("\uFEFFno\n1\n"),
                "Empfänger\nJörg\n".getBytes(StandardCharsets.ISO_8859_1))) {
            assertThat(drop(file))
                    .first()
                    .satisfies(problem -> assertThat(problem.sentence(Locale.ENGLISH))
                            .startsWith("orders.csv is no JSON, and the source erp has no mapping")
                            .contains("source.erp.mapping"));
        }
    }

    @Test
    void a_workbook_hears_it_beside_that_it_is_one_and_a_pdf_only_what_it_is() throws IOException {
        byte[] book = MadeWorkbook.of(MadeWorkbook.row(1, MadeWorkbook.text("A1", "no")))
                .bytes();

        assertThat(drop(book)).extracting(Problem::code).startsWith("is-a-workbook", "file-without-mapping");
        assertThat(drop(text("%PDF-1.7\n")))
                .extracting(Problem::code)
                .contains("is-a-pdf")
                .doesNotContain("file-without-mapping");
    }

    @Test
    void json_that_is_broken_is_told_by_its_place() throws IOException {
        for (String json : List.of("[{\"orderId\": }]", "\n {\"orderId\"", "\uFEFF{\"orderId\":")) {
            assertThat(drop(text(json))).first().extracting(Problem::code).isEqualTo("bad-json");
        }
    }

    private List<Problem> drop(byte[] file) throws IOException {
        Mappings mappings = Mappings.load(Files.createDirectories(folder.resolve("mappings")), ShippedTargets::of);
        MappedIntake mapped = new MappedIntake(rig.intake, rig.outside, rig.doors(), rig.sources, mappings);
        Report report = new Batch(rig.ledger, mapped, Archive.in(folder.resolve("data")), "node-1")
                .run(IncomingFile.of(
                        new ByteArrayInputStream(file),
                        "orders.csv",
                        new SourceFeeds(rig.sources, mappings).feed("erp", null, null, "file")));
        assertThat(report.failed()).isTrue();
        return report.problems();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
