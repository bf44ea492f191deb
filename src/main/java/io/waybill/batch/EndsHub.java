package io.waybill.batch;

import io.waybill.problem.Problem;
import org.jspecify.annotations.Nullable;

/** How often hubs ended while they were at one place of a file, kept among its problems as long as it is not read to its end. */
final class EndsHub {
    private EndsHub() {}

    /** @param document where its reading goes on */
    static Problem problem(String name, int times, int document) {
        return Problem.of(
                BatchCode.FILE_ENDS_HUB, "name", ArchiveName.clean(name), "times", times, "document", document);
    }

    /**
     * How often it was at this place.
     *
     * @param problems as they are kept
     */
    static int times(@Nullable String problems, int document) {
        return Outcomes.problems(problems).stream()
                .filter(problem -> problem.code().equals(BatchCode.FILE_ENDS_HUB.code()))
                .map(Problem::values)
                .filter(values -> Integer.toString(document).equals(values.get("document")))
                .mapToInt(values -> Integer.parseInt(values.getOrDefault("times", "0")))
                .findFirst()
                .orElse(0);
    }
}
