/**
 * The main job on sample input, told act by act. It uses the hub as a customer would: over HTTP, files and SQL. Start at
 * {@link io.waybill.demo.Demo}.
 */
@NullMarked
package io.waybill.demo;

import org.jspecify.annotations.NullMarked;
