package io.videottt.jobs.query;

import io.videottt.jobs.results.MetricsSchema;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * A unit of which pictures are kept.
 *
 * @param key what it measured
 * @param trainingSeed of its model
 * @param unitId the unit
 * @param video id within the data set
 * @param pictures of its frames, by rising index
 */
public record PicturedUnit(
    ResultKey key, long trainingSeed, String unitId, String video, List<Pictures> pictures) {

  /**
   * The pictures of a frame.
   *
   * @param frame index
   * @param prediction bytes of the prediction's picture
   * @param input bytes of the frame itself, 0 where the unit does not keep it
   * @param truth bytes of the ground truth, 0 where the unit does not keep it
   */
  public record Pictures(int frame, int prediction, int input, int truth) {}

  /** The unit of a row of {@link PreviewQueries#units}. */
  public static PicturedUnit of(Row row) {
    List<Row> pictures = row.getList(row.fieldIndex(PreviewQueries.PICTURES));
    return new PicturedUnit(
        ResultKey.of(row),
        row.<Long>getAs(MetricsSchema.TRAINING_SEED),
        row.getAs(MetricsSchema.UNIT_ID),
        row.getAs(MetricsSchema.VIDEO),
        pictures.stream()
            .map(p -> new Pictures(p.getInt(0), p.getInt(1), p.getInt(2), p.getInt(3)))
            .sorted(Comparator.comparingInt(Pictures::frame))
            .toList());
  }
}
