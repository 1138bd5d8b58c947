package io.videottt.jobs.results;

import static io.videottt.jobs.results.FrameColumn.finite;
import static io.videottt.jobs.results.FrameColumn.optional;
import static io.videottt.jobs.results.FrameColumn.required;

import io.videottt.adaptation.scoring.FrameMetrics;
import io.videottt.adaptation.scoring.FramePreview;
import io.videottt.jobs.sweep.plan.Unit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of the metrics table, one row per frame and unit: the one list from which the schema
 * of files, their writer, Spark's reader and the table in docs/results-format.md come.
 *
 * <p>{@code dataset}, {@code task}, {@code method} and {@code video} are the table's partition
 * columns: they stand in the folder names, not in the files (and, with everything else about the
 * unit, in each file's footer under the key {@link MetricsSchema#UNIT_KEY}).
 */
public final class FrameColumns {

  private static final ColumnType TEXT = ColumnType.Scalar.TEXT;
  private static final ColumnType BYTES = ColumnType.Scalar.BYTES;
  private static final ColumnType BOOLEAN = ColumnType.Scalar.BOOLEAN;
  private static final ColumnType INTEGER = ColumnType.Scalar.INTEGER;
  private static final ColumnType LONG = ColumnType.Scalar.LONG;
  private static final ColumnType DOUBLE = ColumnType.Scalar.DOUBLE;

  /** In the order of the file. */
  static final List<FrameColumn> ALL =
      Stream.of(
              unit(),
              SemanticColumns.ALL,
              PanopticColumns.ALL,
              InstanceColumns.ALL,
              ColourColumns.ALL,
              adaptation(),
              settings(),
              pictures(),
              further())
          .flatMap(List::stream)
          .toList();

  /** The schema of a file. */
  public static final MessageType MESSAGE =
      new MessageType("metrics", ALL.stream().map(FrameColumn::parquet).toArray(Type[]::new));

  /**
   * What Spark reads, the partition columns included: each query takes a few columns of it, all
   * from one listing of the files. Naming them saves a look into the files beforehand.
   */
  public static final StructType READ = read();

  private FrameColumns() {}

  private static List<FrameColumn> unit() {
    return List.of(
        required(MetricsSchema.UNIT_ID, TEXT, "hash that identifies the unit", FrameRow::unitId),
        required(MetricsSchema.SPLIT, TEXT, "split of the data set", row -> row.unit().split()),
        required(MetricsSchema.MODEL, TEXT, "label of the model set", row -> row.unit().model()),
        required(
            MetricsSchema.MODEL_FINGERPRINT,
            TEXT,
            "SHA-256 of the weights that the unit started from",
            row -> row.unit().adaptation().modelFingerprint()),
        required(
            MetricsSchema.VARIANT,
            TEXT,
            "name of the settings where a method runs with several, else empty",
            row -> row.unit().variant()),
        required(
            MetricsSchema.FRAME_INDEX,
            INTEGER,
            "position in temporal order, from 0",
            row -> row.frame().index()),
        required(
            MetricsSchema.FRAME_NAME,
            TEXT,
            "file name without extension",
            row -> row.frame().name()),
        required(
            MetricsSchema.ANNOTATED,
            BOOLEAN,
            "whether the frame has ground truth",
            row -> row.frame().annotated()));
  }

  private static List<FrameColumn> adaptation() {
    return List.of(
        finite(
            MetricsSchema.LOSS_BEFORE,
            "loss of the method's objective on the frame's first batch, before the first step:"
                + " of the reconstruction, of Tent the mean entropy in nats, of self-training the"
                + " cross-entropy to its labels (0 where no pixel was confident); null without"
                + " steps",
            ofSteps(row -> row.frame().reconstructionLossBefore())),
        finite(
            MetricsSchema.LOSS_AFTER,
            "the same loss on the frame's last batch, after the last step; null if not measured",
            ofSteps(row -> row.frame().reconstructionLossAfter())),
        finite(
            MetricsSchema.GRADIENT_NORM,
            "norm of the last step's whole gradient before clipping; null without steps",
            ofSteps(row -> row.frame().gradientNorm())),
        required(
            MetricsSchema.SECONDS_LOAD,
            DOUBLE,
            "reading and decoding; where several tasks run together each is charged in full",
            row -> row.frame().secondsLoad()),
        required(
            MetricsSchema.SECONDS_ADAPT,
            DOUBLE,
            "training steps, charged like these",
            row -> row.frame().secondsAdapt()),
        required(
            MetricsSchema.SECONDS_PREDICT,
            DOUBLE,
            "prediction on the whole frame, its forward pass charged like these",
            row -> row.frame().secondsPredict()),
        required(
            MetricsSchema.SECONDS_EVALUATE,
            DOUBLE,
            "comparison with the ground truth",
            row -> row.frame().secondsEvaluate()),
        required(MetricsSchema.HOST, TEXT, "machine that ran the unit", row -> row.site().host()),
        required(
            MetricsSchema.DEVICE, TEXT, "device that ran the network", row -> row.site().device()));
  }

  private static List<FrameColumn> settings() {
    return List.of(
        required(
            MetricsSchema.THREADS,
            INTEGER,
            "computing threads of the task",
            row -> row.unit().settings().threads()),
        ofAdapting(
            MetricsSchema.WINDOW,
            INTEGER,
            "k, frames in the window, 0 for all",
            unit -> unit.settings().window()),
        ofAdapting(
            MetricsSchema.BATCH, INTEGER, "samples per step", unit -> unit.settings().batchSize()),
        ofAdapting(
            MetricsSchema.ITERATIONS,
            INTEGER,
            "steps per frame",
            unit -> unit.settings().iterationsPerFrame()),
        ofAdapting(
            MetricsSchema.LEARNING_RATE,
            DOUBLE,
            "step size of the decoder",
            unit -> unit.settings().learningRate()),
        ofAdapting(
            MetricsSchema.MASK_RATIO,
            DOUBLE,
            "share of dropped patches",
            unit -> unit.settings().maskRatio()),
        optional(
            MetricsSchema.TRAINING_SEED,
            LONG,
            "seed that the weights were trained with; null where the sweep file does not tell, and"
                + " missing from files of earlier versions, which counts as 0",
            row -> Optional.ofNullable(row.unit().adaptation().trainingSeed())),
        required(
            MetricsSchema.SEED,
            LONG,
            "seed that the sweep file asks for",
            row -> row.unit().seed()),
        required(
            MetricsSchema.SETTINGS,
            TEXT,
            "the settings that the unit's numbers depend on, canonical JSON",
            row -> row.unit().method().canonical(row.unit().settings(), row.unit().task())));
  }

  private static List<FrameColumn> pictures() {
    return List.of(
        optional(
            MetricsSchema.PREVIEW,
            BYTES,
            "PNG of the prediction, JPEG of predicted colours; null but for a few frames of a video",
            row -> row.frame().preview().map(FramePreview::prediction)),
        optional(
            MetricsSchema.PREVIEW_INPUT,
            BYTES,
            "JPEG of the frame as the network sees it; null but where the picture of a fixed model is"
                + " kept",
            row -> row.frame().preview().flatMap(FramePreview::input)),
        optional(
            MetricsSchema.PREVIEW_TRUTH,
            BYTES,
            "PNG of the ground truth, JPEG of true colours; null as the frame's JPEG",
            row -> row.frame().preview().flatMap(FramePreview::truth)),
        optional(
            MetricsSchema.VIDEO_NAME,
            TEXT,
            "the video's name where it is too long for that of its folder, else null",
            row -> Optional.of(row.unit().video()).filter(name -> !VideoFolderName.isWhole(name))));
  }

  /** Of the metrics that jars bring; files of processes without them do not have their columns. */
  private static List<FrameColumn> further() {
    return FrameMetrics.byColumn().entrySet().stream()
        .map(
            metric ->
                optional(
                    metric.getKey(),
                    DOUBLE,
                    metric.getValue().description(),
                    row -> Optional.ofNullable(row.frame().further().get(metric.getKey()))))
        .toList();
  }

  private static Function<FrameRow, OptionalDouble> ofSteps(Function<FrameRow, Double> value) {
    return row ->
        row.unit().method().adapts() ? OptionalDouble.of(value.apply(row)) : OptionalDouble.empty();
  }

  private static FrameColumn ofAdapting(
      String name, ColumnType type, String description, Function<Unit, Object> value) {
    return optional(
        name,
        type,
        description + "; null where the method does not adapt",
        row -> Optional.of(row.unit()).filter(unit -> unit.method().adapts()).map(value));
  }

  private static StructType read() {
    StructType type = new StructType();
    for (FrameColumn column : ALL) {
      type = type.add(column.name(), column.type().spark());
    }
    for (String partition :
        List.of(
            MetricsSchema.DATASET, MetricsSchema.TASK, MetricsSchema.METHOD, MetricsSchema.VIDEO)) {
      type = type.add(partition, DataTypes.StringType);
    }
    return type;
  }
}
