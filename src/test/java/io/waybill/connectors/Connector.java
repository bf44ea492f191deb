package io.waybill.connectors;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test class that follows one system's orders in and its labels back. Its methods, and those it inherits, say with
 * {@link Shows} what they prove; docs/connectors/README.md is written from that.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Connector {
    /** As people call it: {@code Shopify}. Several classes may prove parts of one system. */
    String system();

    /** Its page in docs/connectors. */
    String page();

    /** What does not exist with this system: a folder has no wrong credentials. */
    Cell[] hasNone() default {};
}
