package io.videottt.jobs.query;

import static io.videottt.jobs.query.FrameQueries.columns;
import static io.videottt.jobs.query.FrameQueries.with;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.bitwise_not;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.videottt.jobs.results.InstanceColumns;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.metrics.AreaRange;
import io.videottt.metrics.DetectionOutcome;
import io.videottt.reports.PooledMetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Average precision over all images of a repetition, as the COCO tools define it: the detections of
 * a class are sorted by falling score, equal scores in the order of videos and frames and then as
 * they stand in their frame.
 *
 * <p>All detections are sorted once; the ten IoU thresholds are columns. From then on only those
 * that match an object are kept: at every other detection recall stays and precision does not rise.
 */
final class InstancePooling {

  /** Average precision of one class in one area range, IoU 0.50 to 0.95, percent. */
  static final String CLASS_AP = "class_ap";

  /** Average precision of one class in one area range at IoU 0.50, percent. */
  static final String CLASS_AP50 = "class_ap50";

  /** Average precision of one class in one area range at IoU 0.75, percent. */
  static final String CLASS_AP75 = "class_ap75";

  /** Place of the {@link AreaRange}. */
  static final String AREA = "area";

  private static final int THRESHOLDS = DetectionOutcome.THRESHOLDS;
  private static final long ALL_THRESHOLDS = (1L << THRESHOLDS) - 1;
  private static final int RECALL_POINTS = 101;
  private static final String POSITION = "position";
  private static final String DETECTION = "detection";
  private static final String RIGHT = "right";
  private static final String COUNTED = "counted";
  private static final String THRESHOLD = "threshold";
  private static final String PRECISION = "precision";
  private static final String TRUTHS = "truths";
  private static final String POINTS = "points";

  /** Columns that name the frames to pool. */
  private final List<String> group;

  private final List<String> ofClass;

  private InstancePooling(List<String> group) {
    this.group = group;
    this.ofClass = with(group, MetricsSchema.CATEGORY, AREA);
  }

  /** Pooled protocol: the means over the classes that have objects, percent. */
  static Dataset<Row> pooledMeans(Dataset<Row> classes) {
    Column all = inRange(AreaRange.ALL);
    return classes
        .groupBy(columns(FrameQueries.REPETITION))
        .agg(
            avg(when(all, col(CLASS_AP))).as(PooledMetric.AP.id()),
            avg(when(all, col(CLASS_AP50))).as(PooledMetric.AP50.id()),
            avg(when(all, col(CLASS_AP75))).as(PooledMetric.AP75.id()),
            avg(when(inRange(AreaRange.SMALL), col(CLASS_AP))).as(PooledMetric.AP_SMALL.id()),
            avg(when(inRange(AreaRange.MEDIUM), col(CLASS_AP))).as(PooledMetric.AP_MEDIUM.id()),
            avg(when(inRange(AreaRange.LARGE), col(CLASS_AP))).as(PooledMetric.AP_LARGE.id()),
            FrameQueries.classValues(col(MetricsSchema.CATEGORY), when(all, col(CLASS_AP))));
  }

  private static Column inRange(AreaRange range) {
    return col(AREA).equalTo(range.ordinal());
  }

  /**
   * Average precision of every class in every area range where it has objects, over all frames of a
   * repetition.
   */
  static Dataset<Row> pooledClasses(Dataset<Row> frames) {
    return pooledClasses(frames, FrameQueries.REPETITION);
  }

  /**
   * The same.
   *
   * @param group columns that name the frames to pool
   */
  static Dataset<Row> pooledClasses(Dataset<Row> frames, List<String> group) {
    return new InstancePooling(group).classes(frames);
  }

  private Dataset<Row> classes(Dataset<Row> frames) {
    Dataset<Row> truths = truths(frames);
    Column share = col(PRECISION).multiply(col(POINTS)).multiply(100.0 / RECALL_POINTS);
    Dataset<Row> found =
        recallPoints(bestPrecisions(hits(runningCounts(detections(frames)))), truths)
            .groupBy(columns(ofClass))
            .agg(
                sum(share).divide(THRESHOLDS).as(CLASS_AP),
                sum(when(col(THRESHOLD).equalTo(InstanceColumns.IOU_HALF), share)).as(CLASS_AP50),
                sum(when(col(THRESHOLD).equalTo(InstanceColumns.IOU_THREE_QUARTERS), share))
                    .as(CLASS_AP75));
    // A class whose objects were never found has no row there: its precision is zero.
    return truths
        .join(found, FrameQueries.names(ofClass), "left")
        .select(with(columns(ofClass), orZero(CLASS_AP), orZero(CLASS_AP50), orZero(CLASS_AP75)));
  }

  private static Column orZero(String column) {
    return coalesce(col(column), lit(0.0)).as(column);
  }

  /** The number of objects that count, where there are any. */
  private Dataset<Row> truths(Dataset<Row> frames) {
    Column[] areas =
        Arrays.stream(AreaRange.values())
            .map(
                range ->
                    struct(
                        lit(range.ordinal()).as(AREA),
                        col("object." + MetricsSchema.area(range)).as(TRUTHS)))
            .toArray(Column[]::new);
    return frames
        .select(with(columns(group), explode(col(MetricsSchema.INSTANCE_COUNTS)).as("object")))
        .select(
            with(
                columns(group),
                col("object." + MetricsSchema.CATEGORY).as(MetricsSchema.CATEGORY),
                explode(array(areas)).as("range")))
        .select(
            with(
                columns(with(group, MetricsSchema.CATEGORY)),
                col("range." + AREA).as(AREA),
                col("range." + TRUTHS).as(TRUTHS)))
        .groupBy(columns(ofClass))
        .agg(sum(TRUTHS).as(TRUTHS))
        .where(col(TRUTHS).gt(0));
  }

  /**
   * One row per detection and area range in which it counts at some threshold; bit t of the columns
   * says whether it matches an object and whether it counts at threshold t.
   */
  private Dataset<Row> detections(Dataset<Row> frames) {
    List<String> place = with(group, MetricsSchema.VIDEO, MetricsSchema.FRAME_INDEX);
    List<String> order = with(place, POSITION, MetricsSchema.CATEGORY, MetricsSchema.SCORE);
    Column[] areas =
        Arrays.stream(AreaRange.values())
            .map(
                range ->
                    struct(
                        lit(range.ordinal()).as(AREA),
                        bits(col(DETECTION + "." + MetricsSchema.MATCHED), range).as(RIGHT),
                        bits(bitwise_not(col(DETECTION + "." + MetricsSchema.IGNORED)), range)
                            .as(COUNTED)))
            .toArray(Column[]::new);
    return frames
        .select(
            with(
                columns(place),
                posexplode(col(MetricsSchema.DETECTIONS)).as(new String[] {POSITION, DETECTION})))
        .select(
            with(
                columns(with(place, POSITION)),
                col(DETECTION + "." + MetricsSchema.CATEGORY).as(MetricsSchema.CATEGORY),
                col(DETECTION + "." + MetricsSchema.SCORE).as(MetricsSchema.SCORE),
                explode(array(areas)).as("in")))
        .where(col("in." + COUNTED).notEqual(0))
        .select(
            with(
                columns(order),
                col("in." + AREA).as(AREA),
                col("in." + RIGHT).bitwiseAND(col("in." + COUNTED)).as(RIGHT),
                col("in." + COUNTED).as(COUNTED)));
  }

  private static Column bits(Column packed, AreaRange range) {
    return shiftright(packed, THRESHOLDS * range.ordinal()).bitwiseAND(ALL_THRESHOLDS);
  }

  /** At every detection and threshold, how many so far matched an object and how many count. */
  private Dataset<Row> runningCounts(Dataset<Row> detections) {
    WindowSpec soFar =
        Window.partitionBy(columns(ofClass))
            .orderBy(
                desc(MetricsSchema.SCORE),
                col(MetricsSchema.VIDEO),
                col(MetricsSchema.FRAME_INDEX),
                col(POSITION))
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    List<Column> selected = new ArrayList<>(List.of(columns(with(ofClass, RIGHT))));
    for (int threshold = 0; threshold < THRESHOLDS; threshold++) {
      selected.add(sum(bit(RIGHT, threshold)).over(soFar).as(RIGHT + threshold));
      selected.add(sum(bit(COUNTED, threshold)).over(soFar).as(COUNTED + threshold));
    }
    return detections.select(selected.toArray(Column[]::new));
  }

  /** One row per detection and threshold at which it matches an object. */
  private Dataset<Row> hits(Dataset<Row> counts) {
    Column[] thresholds =
        IntStream.range(0, THRESHOLDS)
            .mapToObj(
                threshold ->
                    struct(
                        lit(threshold).as(THRESHOLD),
                        bit(RIGHT, threshold).as("hit"),
                        col(RIGHT + threshold).as(RIGHT),
                        col(COUNTED + threshold).as(COUNTED)))
            .toArray(Column[]::new);
    return counts
        .where(col(RIGHT).notEqual(0))
        .select(with(columns(ofClass), explode(array(thresholds)).as("at")))
        .where(col("at.hit").equalTo(1))
        .select(
            with(
                columns(ofClass),
                col("at." + THRESHOLD).as(THRESHOLD),
                col("at." + RIGHT).as(RIGHT),
                col("at." + COUNTED).as(COUNTED)));
  }

  private static Column bit(String bits, int threshold) {
    return shiftright(col(bits), threshold).bitwiseAND(1L);
  }

  /** The highest precision from a hit on: precision is read from the right of the curve. */
  private Dataset<Row> bestPrecisions(Dataset<Row> hits) {
    WindowSpec fromHere =
        Window.partitionBy(columns(with(ofClass, THRESHOLD)))
            .orderBy(desc(RIGHT))
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column precision = col(RIGHT).divide(col(COUNTED).plus(Math.ulp(1.0)));
    return hits.select(
        with(
            columns(with(ofClass, THRESHOLD, RIGHT)), max(precision).over(fromHere).as(PRECISION)));
  }

  /** How many of the recalls 0, 0.01, ... 1 are first reached by each hit. */
  private Dataset<Row> recallPoints(Dataset<Row> precisions, Dataset<Row> truths) {
    Column before = when(col(RIGHT).equalTo(1), lit(0L)).otherwise(reached(col(RIGHT).minus(1L)));
    return precisions
        .join(truths, FrameQueries.names(ofClass), "inner")
        .select(
            with(
                columns(with(ofClass, THRESHOLD, PRECISION)),
                reached(col(RIGHT)).minus(before).as(POINTS)));
  }

  /**
   * Of the recalls 0, 0.01, ... 1, each as the COCO tools spell it, those that a number of objects
   * reaches; the product may fall on the other side of the next point by rounding.
   */
  private static Column reached(Column right) {
    Column recall = right.divide(col(TRUTHS));
    Column point = floor(recall.multiply(100.0));
    return when(point.plus(1).multiply(0.01).leq(recall), point.plus(2))
        .when(point.multiply(0.01).gt(recall), point)
        .otherwise(point.plus(1));
  }
}
