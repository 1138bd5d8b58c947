package io.videottt.reports.published;

/**
 * One row of the paper's Table 2; null where it prints a dash.
 *
 * @param dataset name in the catalogue; null where the paper only cites it
 * @param title as printed
 * @param secondsPerVideo mean length
 * @param frames of all videos
 * @param framesPerSecond frame rate
 * @param classes number of classes
 */
public record PublishedDataSet(
    String dataset,
    String title,
    Double secondsPerVideo,
    Long frames,
    Double framesPerSecond,
    Integer classes) {}
