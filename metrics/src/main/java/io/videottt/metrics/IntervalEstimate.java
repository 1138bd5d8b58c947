package io.videottt.metrics;

/**
 * An estimate with two 95 % intervals, which answer two questions.
 *
 * @param value the value computed from the data itself
 * @param sameVideos what else it could have been on these very videos: frames are drawn anew, and
 *     seeds where there are several
 * @param newVideos what it could be on other videos of the kind: videos are drawn anew as well
 */
public record IntervalEstimate(double value, Interval sameVideos, Interval newVideos) {}
