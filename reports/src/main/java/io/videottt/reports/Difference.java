package io.videottt.reports;

import io.videottt.metrics.Interval;

/**
 * A difference to the fixed model, or to another result, over the frames that both have, in percent
 * points.
 *
 * @param estimate method minus baseline: mean over the common frames
 * @param sameVideos 95 % interval: what it could have been on these very videos
 * @param newVideos 95 % interval: what it could be on other videos of the kind
 * @param frames how many frames both have
 * @param baseline mean of the baseline over these frames, percent
 */
public record Difference(
    double estimate, Interval sameVideos, Interval newVideos, long frames, double baseline) {}
