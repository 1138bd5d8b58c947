package io.videottt.jobs.sweep.run;

import io.videottt.adaptation.method.Method;
import io.videottt.base.Task;
import java.io.Serializable;
import java.util.Map;

/**
 * How far a task has come.
 *
 * @param task the task's video, with data set and split
 * @param video id of the video
 * @param method what is running
 * @param frame frames done of the running units
 * @param frames frames of the running units
 * @param means per task, its metric's mean over the annotated frames so far, percent; NaN before
 *     the first
 * @param secondsPerFrame of the running units so far
 * @param finishedUnits units that ended in this task, failed ones included
 * @param finishedCost cost of the units that ended in this task and of the done share of the
 *     running ones
 * @param sequence grows with every report of the task
 */
public record VideoProgress(
    String task,
    String video,
    Method method,
    int frame,
    int frames,
    Map<Task, Double> means,
    double secondsPerFrame,
    int finishedUnits,
    double finishedCost,
    long sequence)
    implements Serializable {}
