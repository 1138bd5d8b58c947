package io.videottt.metrics;

/**
 * One annotated object.
 *
 * @param classId class, from 0 to K - 1
 * @param mask its pixels
 * @param area pixels as the annotation says, which decides whether it is small, medium or large
 * @param crowd whether it stands for several objects that were not told apart
 */
public record InstanceTruth(int classId, RunLengthMask mask, double area, boolean crowd) {}
