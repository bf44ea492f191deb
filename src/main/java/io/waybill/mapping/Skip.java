package io.waybill.mapping;

/** Documents that are not ours, and why. */
record Skip(When when, String reason) {}
