package io.videottt.reports;

/**
 * One method's result on one class, pooled protocol, repetitions averaged.
 *
 * @param classId place of the class in the data set's list, from 0
 * @param value IoU, PQ or AP by the task, percent
 */
public record ClassResult(int classId, double value) {}
