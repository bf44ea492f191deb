package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waybill.format.Format;
import io.waybill.format.FormatCode;
import io.waybill.format.Reading;
import io.waybill.format.Table;
import io.waybill.ledger.Namespaces;
import io.waybill.problem.Messages;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose a sheet is among sources that need some columns, and of which some refuse what they do not read. */
class ByColumnsTest {
    private static final List<String> READ =
            IntStream.range(0, 12).mapToObj(place -> "field_" + place).toList();

    private final Map<String, Source> sources = new TreeMap<>();
    private final ByColumns byColumns = new ByColumns(new Sources(sources), new ColumnTaker(sources));
    private int opened;

    /**
     * @param needs a column it cannot do without
     * @param reads columns it reads beside
     * @param isStrict it refuses what it does not read
     */
    private record Source(Reading reading, String needs, List<String> reads, boolean isStrict) {
        List<String> unread(List<String> columns) {
            return columns.stream()
                    .filter(column -> !column.equals(needs) && !reads.contains(column))
                    .toList();
        }
    }

    private record Sources(Map<String, Source> all) implements Uploads.Feeds {
        @Override
        public Feed feed(String source, @Nullable String format) {
            Reading own = all.get(source).reading();
            Reading reading = format == null ? own : own.as(Format.read(format).orElseThrow());
            return new Feed("orders", source, "acme", "upload", source, reading, Locale.ENGLISH);
        }

        @Override
        public List<String> sources(Namespaces scope) {
            return List.copyOf(all.keySet());
        }
    }

    private record ColumnTaker(Map<String, Source> all) implements Taker {
        @Override
        public List<Fate> takeAll(List<Handed> handed) {
            throw new IllegalStateException("nothing is taken in here");
        }

        @Override
        public List<Problem> refuse(List<String> columns, Feed feed) {
            Source source = all.get(feed.source());
            List<Problem> problems = new ArrayList<>();
            if (!columns.contains(source.needs())) {
                problems.add(Problem.of(ShopTaker.Wrong.COLUMN_IS_MISSING, "column", source.needs()));
            }
            if (source.isStrict() && !source.unread(columns).isEmpty()) {
                problems.add(Problem.of(ShopTaker.Wrong.COLUMN_IS_MISSING, "column", source.unread(columns)));
            }
            return problems;
        }

        @Override
        public List<String> unread(List<String> columns, Feed feed) {
            return all.get(feed.source()).unread(columns);
        }
    }

    @Test
    void a_sheet_of_a_strict_source_with_one_misspelt_column_goes_to_no_lax_one() {
        sources.put("strict", new Source(Reading.of(Format.CSV), "order_no", READ, true));
        sources.put("lax", new Source(Reading.of(Format.CSV), "field_0", List.of(), false));

        assertThat(byColumns
                        .choose(csv("order_no"), "any.csv", null, Namespaces.ALL)
                        .source())
                .isEqualTo("strict");
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> byColumns.choose(csv("ordre_no"), "odd.csv", null, Namespaces.ALL));
        assertThat(refused.problems().get(0).code()).isEqualTo("columns-of-no-source");
        assertThat(refused.problems().get(0).values()).containsEntry("nearest", "strict");
        assertThat(refused.problems().get(1).values()).containsEntry("column", "order_no");
        Feed strict = byColumns.feeds().feed("strict", null);
        assertThat(byColumns.another(csv("ordre_no"), "odd.csv", strict, null, Namespaces.ALL))
                .isEmpty();
    }

    @Test
    void a_sheet_with_one_misspelt_column_of_a_strict_source_goes_to_no_lax_one_that_leaves_two_unread() {
        sources.put("strict", new Source(Reading.of(Format.CSV), "order_no", READ, true));
        sources.put("lax", new Source(Reading.of(Format.CSV), "field_0", READ.subList(1, 11), false));

        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> byColumns.choose(csv("ordre_no"), "odd.csv", null, Namespaces.ALL));

        assertThat(refused.problems().get(0).code()).isEqualTo("columns-of-no-source");
        assertThat(refused.problems().get(0).values()).containsEntry("nearest", "strict");
    }

    @Test
    void a_source_that_takes_a_sheet_gets_it_where_none_that_refuses_it_reads_more_of_its_columns() {
        sources.put("strict", new Source(Reading.of(Format.CSV), "order_no", READ, true));
        sources.put("lax", new Source(Reading.of(Format.CSV), "field_0", READ, false));

        assertThat(byColumns
                        .choose(csv("ordre_no"), "any.csv", null, Namespaces.ALL)
                        .source())
                .isEqualTo("lax");
    }

    @Test
    void a_file_is_opened_once_for_all_sources_that_find_their_table_in_the_same_place() throws Exception {
        byte[] sheet = Files.readAllBytes(Path.of("mappings/excel-template/english.xlsx"));
        Reading plain = Reading.of(Format.XLSX);
        List<String> grouped = List.of("Order number", "Recipient", "City", "nothing", "none");
        grouped.forEach(column -> sources.put(
                "by-" + column, new Source(plain.withGroupBy(List.of(column)), "Order number", List.of(), false)));
        sources.put(
                "filled",
                new Source(
                        plain.withTable(new Table("", Table.AUTO, List.of("Order number"))),
                        "Postal code",
                        List.of(),
                        false));
        sources.put("plain", new Source(plain, "none", List.of(), false));
        ByColumns.Content content = () -> counted(sheet);

        ProblemException several = catchThrowableOfType(
                ProblemException.class, () -> byColumns.choose(content, "any.xlsx", null, Namespaces.ALL));

        assertThat(several.problems().get(0).values())
                .containsEntry("sources", "by-City, by-Order number, by-Recipient, filled");
        assertThat(opened).isEqualTo(1);
    }

    @Test
    void a_sheet_of_results_is_told_that_alone() {
        sources.put("strict", new Source(Reading.of(Format.CSV), "order_no", READ, true));
        sources.put("other", new Source(Reading.of(Format.CSV), "number", READ.subList(0, 3), true));
        Stream<String> added =
                Sheet.EXTRAS.stream().map(extra -> Messages.in(Locale.ENGLISH).text("sheet." + extra));
        ByColumns.Content results =
                csv(Stream.of(Stream.of("order_no"), READ.stream(), added).flatMap(each -> each));

        assertThat(refused(results, "results.csv")).extracting(Problem::code).containsExactly("results-sheet");
    }

    @Test
    void a_file_that_is_no_table_is_told_all_that_can_be_read() {
        sources.put("a", new Source(Reading.of(Format.XLSX), "order_no", READ, true));
        sources.put("b", new Source(Reading.of(Format.CSV), "order_no", READ, true));
        sources.put("c", new Source(Reading.of(Format.TSV), "order_no", READ, true));
        sources.put("d", new Source(Reading.of(Format.CSV), "number", READ, true));

        assertThat(refused(bytes("%PDF-1.7\n"), "orders.pdf"))
                .containsExactly(Problem.of(FormatCode.IS_A_PDF, "file", "orders.pdf", "reads", "xlsx, csv, tsv"));
    }

    @Test
    void a_workbook_that_cannot_be_read_is_told_why_by_a_source_that_reads_workbooks() {
        sources.put("a", new Source(Reading.of(Format.CSV), "order_no", READ, true));
        sources.put("b", new Source(Reading.of(Format.XLSX), "order_no", READ, true));

        assertThat(refused(bytes("PK\003\004" + "\0".repeat(26) + "[Content_Types].xml"), "orders"))
                .extracting(Problem::code)
                .containsExactly("packed-badly");
    }

    private List<Problem> refused(ByColumns.Content content, String name) {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> byColumns.choose(content, name, null, Namespaces.ALL));
        return refused.problems();
    }

    private ByColumns.Content csv(String first) {
        return csv(Stream.concat(Stream.of(first), READ.stream()));
    }

    private ByColumns.Content csv(Stream<String> columns) {
        return bytes(columns.collect(Collectors.joining(",")) + "\n1,2,3,4,5,6,7,8,9,10,11,12,13\n");
    }

    private ByColumns.Content bytes(String content) {
        return () -> counted(content.getBytes(StandardCharsets.UTF_8));
    }

    private InputStream counted(byte[] bytes) throws IOException {
        opened++;
        return new ByteArrayInputStream(bytes);
    }
}
