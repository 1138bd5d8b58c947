package io.videottt.jobs;

import io.videottt.adaptation.Method;
import java.io.Serializable;

/**
 * How far a task has come.
 *
 * @param task the task's video, with data set and split
 * @param video id of the video
 * @param method what is running
 * @param frame frames done of the running unit
 * @param frames frames of the running unit
 * @param runningMiou mean over the unit's annotated frames so far, percent; NaN before the first
 * @param secondsPerFrame of the running unit so far
 * @param finishedUnits units that ended in this task, failed ones included
 * @param finishedCost cost of the units that ended in this task and of the done share of the
 *     running one
 * @param sequence grows with every report of the task
 */
record TaskProgress(
    String task,
    String video,
    Method method,
    int frame,
    int frames,
    double runningMiou,
    double secondsPerFrame,
    int finishedUnits,
    double finishedCost,
    long sequence)
    implements Serializable {}
