package io.videottt.reports.published;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.OptionalDouble;

/**
 * One row of a table as printed in the paper; null where the paper prints a dash.
 *
 * @param setting what the method may look at: independent frames, entire video or stream
 * @param method id of the method
 * @param title the method's name as printed
 * @param instance AP on COCO Videos, percent
 * @param panoptic PQ on COCO Videos, percent
 * @param validation mIoU on KITTI-STEP val, percent
 * @param test mIoU on KITTI-STEP test, percent
 * @param seconds per frame on one A100, KITTI-STEP test
 */
public record PublishedRow(
    String setting,
    String method,
    String title,
    Double instance,
    Double panoptic,
    @JsonProperty("val") Double validation,
    Double test,
    Double seconds) {

  /** The printed quality in a column of the paper, empty where it prints a dash. */
  public OptionalDouble value(PaperColumn column) {
    Double value =
        switch (column) {
          case INSTANCE -> instance;
          case PANOPTIC -> panoptic;
          case VALIDATION -> validation;
          case TEST -> test;
        };
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
