package io.videottt.metrics;

/**
 * Panoptic quality (Kirillov et al., 2019) in percent.
 *
 * @param pq panoptic quality: mean over classes of the sum of IoUs / (TP + FP/2 + FN/2)
 * @param sq segmentation quality: mean over classes of the mean IoU of matched segments
 * @param rq recognition quality: mean over classes of TP / (TP + FP/2 + FN/2)
 * @param classes number of classes with a segment, over which the means go
 */
public record PanopticQuality(double pq, double sq, double rq, int classes) {}
