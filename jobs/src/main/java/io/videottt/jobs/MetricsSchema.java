package io.videottt.jobs;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.videottt.metrics.AreaRange;
import java.util.Locale;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The columns of the {@code metrics} table: one row per frame and unit.
 *
 * <p>{@code dataset}, {@code task}, {@code method} and {@code video} are the table's partition
 * columns: they stand in the folder names, not in the files (and, with everything else about the
 * unit, in each file's footer under the key {@link #UNIT_KEY}).
 */
final class MetricsSchema {

  /** Footer key under which a file holds its unit as JSON. */
  static final String UNIT_KEY = "videottt.unit";

  /** Hash that identifies the unit. */
  static final String UNIT_ID = "unit_id";

  /** Split of the data set. */
  static final String SPLIT = "split";

  /** Label of the model set. */
  static final String MODEL = "model";

  /** SHA-256 of the weights that the unit started from. */
  static final String MODEL_FINGERPRINT = "model_fingerprint";

  /** Name of the settings where a method runs with several; empty otherwise. */
  static final String VARIANT = "variant";

  /** Position in temporal order, from 0. */
  static final String FRAME_INDEX = "frame_index";

  /** File name without extension. */
  static final String FRAME_NAME = "frame_name";

  /** Whether the frame has ground truth. */
  static final String ANNOTATED = "annotated";

  /** Percent; null where not defined. */
  static final String MIOU = "miou";

  /** K, the number of classes of the confusion matrix. */
  static final String CLASS_COUNT = "class_count";

  /** Non-zero cells of the confusion matrix, ascending: ground truth * K + prediction. */
  static final String CONFUSION_CELLS = "confusion_cells";

  /** Pixels in each of {@link #CONFUSION_CELLS}. */
  static final String CONFUSION_COUNTS = "confusion_counts";

  /** Panoptic quality of the frame, percent; null for other tasks. */
  static final String PQ = "pq";

  /** Segmentation quality of the frame, percent; null for other tasks. */
  static final String SQ = "sq";

  /** Recognition quality of the frame, percent; null for other tasks. */
  static final String RQ = "rq";

  /** Per class of the frame: category, thing, iou_sum, tp, fp, fn; null for other tasks. */
  static final String PANOPTIC_COUNTS = "panoptic_counts";

  /**
   * Panoptic quality of the frame by the rules of the paper's released code, percent; 0 where it
   * has no segment. Null for other tasks and in files of earlier versions.
   */
  static final String PQ_RELEASED = "pq_released";

  /** {@link #PANOPTIC_COUNTS} by the rules of the paper's released code; null as its quality. */
  static final String PANOPTIC_COUNTS_RELEASED = "panoptic_counts_released";

  /** Average precision of the frame, IoU 0.50:0.05:0.95, percent; null for other tasks. */
  static final String AP = "ap";

  /** Average precision at IoU 0.50, percent; null for other tasks. */
  static final String AP50 = "ap50";

  /** Average precision at IoU 0.75, percent; null for other tasks. */
  static final String AP75 = "ap75";

  /**
   * Per detection: category, score, and two bit sets, bit 10 * area + threshold: {@code matched}
   * and {@code ignored}, for the areas all, small, medium, large and the ten IoU thresholds; null
   * for other tasks.
   */
  static final String DETECTIONS = "detections";

  /** Per category: the ground-truth instances that count, by area; null for other tasks. */
  static final String INSTANCE_COUNTS = "instance_counts";

  /**
   * Classes without objects that the ground truth shows segments of, for which the paper's released
   * code counts objects; null for other tasks and in files of earlier versions.
   */
  static final String STUFF = "stuff_classes";

  /** Within the counts of panoptic and instance segmentation: the class, from 0. */
  static final String CATEGORY = "category";

  /** Within {@link #PANOPTIC_COUNTS}: whether the class is countable, a thing. */
  static final String THING = "thing";

  /** Within {@link #PANOPTIC_COUNTS}: sum of the IoUs of matched segments. */
  static final String IOU_SUM = "iou_sum";

  /** Within {@link #PANOPTIC_COUNTS}: matched segments. */
  static final String TRUE_POSITIVES = "tp";

  /** Within {@link #PANOPTIC_COUNTS}: predicted segments without match. */
  static final String FALSE_POSITIVES = "fp";

  /** Within {@link #PANOPTIC_COUNTS}: annotated segments without match. */
  static final String FALSE_NEGATIVES = "fn";

  /** Within {@link #DETECTIONS}: confidence, in full precision since it decides the order. */
  static final String SCORE = "score";

  /** Within {@link #DETECTIONS}: where it matched an object. */
  static final String MATCHED = "matched";

  /** Within {@link #DETECTIONS}: where it counts neither way. */
  static final String IGNORED = "ignored";

  /** Of the IoU thresholds 0.50, 0.55, ... the place of 0.50. */
  static final int IOU_HALF = 0;

  /** Of the IoU thresholds 0.50, 0.55, ... the place of 0.75. */
  static final int IOU_THREE_QUARTERS = 5;

  /**
   * The loss of the method's objective on the frame's first batch, before the first step: l_s, of
   * Tent the entropy, of self-training the cross-entropy to its labels. Null without steps.
   */
  static final String LOSS_BEFORE = "reconstruction_loss_before";

  /** The same loss on the last batch of the frame, after the last step; null if not measured. */
  static final String LOSS_AFTER = "reconstruction_loss_after";

  /** Global norm before clipping; null where the method takes no steps. */
  static final String GRADIENT_NORM = "gradient_norm";

  /** Reading and decoding. */
  static final String SECONDS_LOAD = "seconds_load";

  /** Training steps. */
  static final String SECONDS_ADAPT = "seconds_adapt";

  /** Prediction on the whole frame. */
  static final String SECONDS_PREDICT = "seconds_predict";

  /** Comparison with the ground truth. */
  static final String SECONDS_EVALUATE = "seconds_evaluate";

  /** Machine that ran the unit. */
  static final String HOST = "host";

  /** Device that ran the network. */
  static final String DEVICE = "device";

  /** Computing threads of the task. */
  static final String THREADS = "threads";

  /** k, frames in the window; null where the method has none. */
  static final String WINDOW = "window";

  /** Samples per step; null where the method does not adapt. */
  static final String BATCH = "batch";

  /** Steps per frame; null where the method does not adapt. */
  static final String ITERATIONS = "iterations";

  /** Learning rate; null where the method does not adapt. */
  static final String LEARNING_RATE = "learning_rate";

  /** Share of dropped patches; null where the method does not adapt. */
  static final String MASK_RATIO = "mask_ratio";

  /** Seed that the weights were trained with; null where the sweep file does not tell. */
  static final String TRAINING_SEED = "training_seed";

  /** Seed that the sweep file asks for. */
  static final String SEED = "seed";

  /** All settings in canonical JSON. */
  static final String SETTINGS = "settings";

  /** PNG of the prediction; null but for a few frames of a video. */
  static final String PREVIEW = "preview";

  /** JPEG of the frame; null but where {@link #PREVIEW} is kept of the fixed model. */
  static final String PREVIEW_INPUT = "preview_input";

  /** PNG of the ground truth; null as {@link #PREVIEW_INPUT}. */
  static final String PREVIEW_TRUTH = "preview_truth";

  /** The video's name where it is too long for that of its folder; null elsewhere. */
  static final String VIDEO_NAME = "video_name";

  /** The schema of a file. */
  static final MessageType MESSAGE =
      Types.buildMessage()
          .addField(text(UNIT_ID))
          .addField(text(SPLIT))
          .addField(text(MODEL))
          .addField(text(MODEL_FINGERPRINT))
          .addField(text(VARIANT))
          .addField(required(INT32, FRAME_INDEX))
          .addField(text(FRAME_NAME))
          .addField(required(BOOLEAN, ANNOTATED))
          .addField(optional(DOUBLE, MIOU))
          .addField(optional(INT32, CLASS_COUNT))
          .addField(list(CONFUSION_CELLS, required(INT32, "element")))
          .addField(list(CONFUSION_COUNTS, required(INT64, "element")))
          .addField(optional(DOUBLE, PQ))
          .addField(optional(DOUBLE, SQ))
          .addField(optional(DOUBLE, RQ))
          .addField(panopticCounts(PANOPTIC_COUNTS))
          .addField(optional(DOUBLE, PQ_RELEASED))
          .addField(panopticCounts(PANOPTIC_COUNTS_RELEASED))
          .addField(optional(DOUBLE, AP))
          .addField(optional(DOUBLE, AP50))
          .addField(optional(DOUBLE, AP75))
          .addField(
              list(
                  DETECTIONS,
                  element(
                      required(INT32, CATEGORY),
                      required(DOUBLE, SCORE),
                      required(INT64, MATCHED),
                      required(INT64, IGNORED))))
          .addField(
              list(
                  INSTANCE_COUNTS,
                  element(
                      required(INT32, CATEGORY),
                      required(INT64, area(AreaRange.ALL)),
                      required(INT64, area(AreaRange.SMALL)),
                      required(INT64, area(AreaRange.MEDIUM)),
                      required(INT64, area(AreaRange.LARGE)))))
          .addField(list(STUFF, required(INT32, "element")))
          .addField(optional(DOUBLE, LOSS_BEFORE))
          .addField(optional(DOUBLE, LOSS_AFTER))
          .addField(optional(DOUBLE, GRADIENT_NORM))
          .addField(required(DOUBLE, SECONDS_LOAD))
          .addField(required(DOUBLE, SECONDS_ADAPT))
          .addField(required(DOUBLE, SECONDS_PREDICT))
          .addField(required(DOUBLE, SECONDS_EVALUATE))
          .addField(text(HOST))
          .addField(text(DEVICE))
          .addField(required(INT32, THREADS))
          .addField(optional(INT32, WINDOW))
          .addField(optional(INT32, BATCH))
          .addField(optional(INT32, ITERATIONS))
          .addField(optional(DOUBLE, LEARNING_RATE))
          .addField(optional(DOUBLE, MASK_RATIO))
          .addField(optional(INT64, TRAINING_SEED))
          .addField(required(INT64, SEED))
          .addField(text(SETTINGS))
          .addField(optional(BINARY, PREVIEW))
          .addField(optional(BINARY, PREVIEW_INPUT))
          .addField(optional(BINARY, PREVIEW_TRUTH))
          .addField(Types.optional(BINARY).as(stringType()).named(VIDEO_NAME))
          .named("metrics");

  private MetricsSchema() {}

  /** Within {@link #INSTANCE_COUNTS}: the objects of an area range. */
  static String area(AreaRange range) {
    return range.name().toLowerCase(Locale.ROOT);
  }

  private static GroupType panopticCounts(String name) {
    return list(
        name,
        element(
            required(INT32, CATEGORY),
            required(BOOLEAN, THING),
            required(DOUBLE, IOU_SUM),
            required(INT64, TRUE_POSITIVES),
            required(INT64, FALSE_POSITIVES),
            required(INT64, FALSE_NEGATIVES)));
  }

  private static Type text(String name) {
    return Types.required(BINARY).as(stringType()).named(name);
  }

  private static Type required(PrimitiveTypeName type, String name) {
    return Types.required(type).named(name);
  }

  private static Type optional(PrimitiveTypeName type, String name) {
    return Types.optional(type).named(name);
  }

  private static GroupType element(Type... fields) {
    return Types.requiredGroup().addFields(fields).named("element");
  }

  private static GroupType list(String name, Type element) {
    return Types.optionalList().element(element).named(name);
  }
}
