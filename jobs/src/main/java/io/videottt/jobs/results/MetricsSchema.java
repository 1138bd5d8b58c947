package io.videottt.jobs.results;

import io.videottt.metrics.AreaRange;
import java.util.Locale;

/** The names of the metrics table's columns; {@link FrameColumns} says what they hold. */
public final class MetricsSchema {

  /** Partition columns: they stand in the folders' names, not in the files. */
  public static final String DATASET = "dataset";

  public static final String TASK = "task";
  public static final String METHOD = "method";
  public static final String VIDEO = "video";

  /** Footer key under which a file holds its unit as JSON. */
  public static final String UNIT_KEY = "videottt.unit";

  public static final String UNIT_ID = "unit_id";
  public static final String SPLIT = "split";
  public static final String MODEL = "model";
  public static final String MODEL_FINGERPRINT = "model_fingerprint";
  public static final String VARIANT = "variant";
  public static final String FRAME_INDEX = "frame_index";
  public static final String FRAME_NAME = "frame_name";
  public static final String ANNOTATED = "annotated";
  public static final String MIOU = "miou";
  public static final String CLASS_COUNT = "class_count";
  public static final String CONFUSION_CELLS = "confusion_cells";
  public static final String CONFUSION_COUNTS = "confusion_counts";
  public static final String PQ = "pq";
  static final String SQ = "sq";
  static final String RQ = "rq";
  public static final String PANOPTIC_COUNTS = "panoptic_counts";
  public static final String PQ_RELEASED = "pq_released";
  public static final String PANOPTIC_COUNTS_RELEASED = "panoptic_counts_released";
  public static final String AP = "ap";
  static final String AP50 = "ap50";
  static final String AP75 = "ap75";
  public static final String DETECTIONS = "detections";
  public static final String INSTANCE_COUNTS = "instance_counts";
  public static final String STUFF = "stuff_classes";
  public static final String PSNR = "psnr";
  public static final String SSIM = "ssim";
  public static final String SQUARED_ERROR = "squared_error";
  public static final String COLOUR_SAMPLES = "colour_samples";
  public static final String SSIM_SUM = "ssim_sum";
  public static final String SSIM_SAMPLES = "ssim_samples";
  public static final String COLOURFULNESS = "colourfulness";
  public static final String TRUE_COLOURFULNESS = "true_colourfulness";
  public static final String CHROMA_CHANGE = "chroma_change";
  public static final String TRUE_CHROMA_CHANGE = "true_chroma_change";
  public static final String CHROMA_CHANGE_SAMPLES = "chroma_change_samples";
  public static final String INCEPTION_NETWORK = "inception_network";
  public static final String INCEPTION_TRUTH = "inception_truth";
  public static final String INCEPTION_FEATURES = "inception_features";
  public static final String INCEPTION_PROBABILITIES = "inception_probabilities";
  public static final String LPIPS_NETWORK = "lpips_network";
  public static final String LPIPS = "lpips";
  public static final String LOSS_BEFORE = "reconstruction_loss_before";
  static final String LOSS_AFTER = "reconstruction_loss_after";
  static final String GRADIENT_NORM = "gradient_norm";
  public static final String SECONDS_LOAD = "seconds_load";
  public static final String SECONDS_ADAPT = "seconds_adapt";
  public static final String SECONDS_PREDICT = "seconds_predict";
  public static final String SECONDS_EVALUATE = "seconds_evaluate";
  public static final String HOST = "host";
  public static final String DEVICE = "device";
  public static final String THREADS = "threads";
  public static final String WINDOW = "window";
  static final String BATCH = "batch";
  static final String ITERATIONS = "iterations";
  static final String LEARNING_RATE = "learning_rate";
  static final String MASK_RATIO = "mask_ratio";
  public static final String TRAINING_SEED = "training_seed";
  public static final String SEED = "seed";
  public static final String SETTINGS = "settings";
  public static final String PREVIEW = "preview";
  public static final String PREVIEW_INPUT = "preview_input";
  public static final String PREVIEW_TRUTH = "preview_truth";
  public static final String VIDEO_NAME = "video_name";

  // Within the lists of panoptic and instance segmentation.
  public static final String CATEGORY = "category";
  public static final String THING = "thing";
  public static final String IOU_SUM = "iou_sum";
  public static final String TRUE_POSITIVES = "tp";
  public static final String FALSE_POSITIVES = "fp";
  public static final String FALSE_NEGATIVES = "fn";
  public static final String SCORE = "score";
  public static final String MATCHED = "matched";
  public static final String IGNORED = "ignored";

  private MetricsSchema() {}

  /** Within {@link #INSTANCE_COUNTS}: the objects of an area range. */
  public static String area(AreaRange range) {
    return range.name().toLowerCase(Locale.ROOT);
  }
}
