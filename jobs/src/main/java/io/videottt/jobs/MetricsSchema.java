package io.videottt.jobs;

import io.videottt.metrics.AreaRange;
import java.util.Locale;

/** The names of the metrics table's columns; {@link FrameColumns} says what they hold. */
final class MetricsSchema {

  /** Partition columns: they stand in the folders' names, not in the files. */
  static final String DATASET = "dataset";

  static final String TASK = "task";
  static final String METHOD = "method";
  static final String VIDEO = "video";

  /** Footer key under which a file holds its unit as JSON. */
  static final String UNIT_KEY = "videottt.unit";

  static final String UNIT_ID = "unit_id";
  static final String SPLIT = "split";
  static final String MODEL = "model";
  static final String MODEL_FINGERPRINT = "model_fingerprint";
  static final String VARIANT = "variant";
  static final String FRAME_INDEX = "frame_index";
  static final String FRAME_NAME = "frame_name";
  static final String ANNOTATED = "annotated";
  static final String MIOU = "miou";
  static final String CLASS_COUNT = "class_count";
  static final String CONFUSION_CELLS = "confusion_cells";
  static final String CONFUSION_COUNTS = "confusion_counts";
  static final String PQ = "pq";
  static final String SQ = "sq";
  static final String RQ = "rq";
  static final String PANOPTIC_COUNTS = "panoptic_counts";
  static final String PQ_RELEASED = "pq_released";
  static final String PANOPTIC_COUNTS_RELEASED = "panoptic_counts_released";
  static final String AP = "ap";
  static final String AP50 = "ap50";
  static final String AP75 = "ap75";
  static final String DETECTIONS = "detections";
  static final String INSTANCE_COUNTS = "instance_counts";
  static final String STUFF = "stuff_classes";
  static final String LOSS_BEFORE = "reconstruction_loss_before";
  static final String LOSS_AFTER = "reconstruction_loss_after";
  static final String GRADIENT_NORM = "gradient_norm";
  static final String SECONDS_LOAD = "seconds_load";
  static final String SECONDS_ADAPT = "seconds_adapt";
  static final String SECONDS_PREDICT = "seconds_predict";
  static final String SECONDS_EVALUATE = "seconds_evaluate";
  static final String HOST = "host";
  static final String DEVICE = "device";
  static final String THREADS = "threads";
  static final String WINDOW = "window";
  static final String BATCH = "batch";
  static final String ITERATIONS = "iterations";
  static final String LEARNING_RATE = "learning_rate";
  static final String MASK_RATIO = "mask_ratio";
  static final String TRAINING_SEED = "training_seed";
  static final String SEED = "seed";
  static final String SETTINGS = "settings";
  static final String PREVIEW = "preview";
  static final String PREVIEW_INPUT = "preview_input";
  static final String PREVIEW_TRUTH = "preview_truth";
  static final String VIDEO_NAME = "video_name";

  // Within the lists of panoptic and instance segmentation.
  static final String CATEGORY = "category";
  static final String THING = "thing";
  static final String IOU_SUM = "iou_sum";
  static final String TRUE_POSITIVES = "tp";
  static final String FALSE_POSITIVES = "fp";
  static final String FALSE_NEGATIVES = "fn";
  static final String SCORE = "score";
  static final String MATCHED = "matched";
  static final String IGNORED = "ignored";

  private MetricsSchema() {}

  /** Within {@link #INSTANCE_COUNTS}: the objects of an area range. */
  static String area(AreaRange range) {
    return range.name().toLowerCase(Locale.ROOT);
  }
}
