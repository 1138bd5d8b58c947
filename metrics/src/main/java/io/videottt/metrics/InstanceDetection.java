package io.videottt.metrics;

/**
 * One predicted object.
 *
 * @param classId class, from 0 to K - 1
 * @param mask its pixels
 * @param score confidence, any number; only the order counts
 */
public record InstanceDetection(int classId, RunLengthMask mask, double score) {}
