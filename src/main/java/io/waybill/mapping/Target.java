package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/** What a mapping may write: a shape by name with the rules of its JSON Schema, or anything ({@link #free()}). */
public final class Target {
    /** Its words are its carrier's, and on no label: a parcel is delivered, whatever letter they lost. */
    private static final String SCAN = "tracking-event/1";

    private static final Target FREE = new Target("free", Rule.FREE);

    private final String name;
    private final Rule root;

    private Target(String name, Rule root) {
        this.name = name;
        this.root = root;
    }

    /**
     * Compiles a JSON Schema 2020-12: type, properties, required, items, pattern, format date and date-time, enum, const,
     * minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength, maxLength, minItems, maxItems,
     * additionalProperties, {@code $ref} into {@code #/$defs}, oneOf and anyOf (one alternative must hold).
     */
    public static Target of(String name, JsonNode schema) {
        return new Target(name, new RuleReader(schema, !name.equals(SCAN)).root());
    }

    /** The same of what a carrier answers: a letter that its words lost undoes no label it sold. */
    public static Target ofCarrier(String name, JsonNode schema) {
        return new Target(name, new RuleReader(schema, false).root());
    }

    /** Any shape; units and currencies are written as bare values. */
    public static Target free() {
        return FREE;
    }

    public String name() {
        return name;
    }

    Rule root() {
        return root;
    }
}
