package io.videottt.jobs.results;

import io.videottt.adaptation.scoring.FrameScore;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.parquet.schema.Type;

/**
 * A column of the metrics table: said once, for the file's schema, its writer, Spark's reader and
 * the documentation.
 *
 * @param name in the file
 * @param type of its values
 * @param required whether every row has a value
 * @param description what it holds and where it is null, a phrase in Markdown
 * @param value of a row; null where it has none
 */
record FrameColumn(
    String name,
    ColumnType type,
    boolean required,
    String description,
    Function<FrameRow, Object> value) {

  /** A column that has a value in every row. */
  static FrameColumn required(
      String name, ColumnType type, String description, Function<FrameRow, Object> value) {
    return new FrameColumn(name, type, true, description, value);
  }

  /**
   * A column that may have none.
   *
   * @param value empty for null
   */
  static FrameColumn optional(
      String name, ColumnType type, String description, Function<FrameRow, Optional<?>> value) {
    return new FrameColumn(name, type, false, description, value.andThen(own -> own.orElse(null)));
  }

  /** A number that is null where it is none, as a loss that was not measured. */
  static FrameColumn finite(
      String name, String description, Function<FrameRow, OptionalDouble> value) {
    return new FrameColumn(
        name, ColumnType.Scalar.DOUBLE, false, description, value.andThen(FrameColumn::finite));
  }

  /**
   * A column of one task's scores, null in rows of other tasks and of frames without ground truth.
   *
   * @param kind of score
   * @param value empty where the score itself has none
   */
  static <S extends FrameScore> FrameColumn ofScore(
      Class<S> kind,
      String name,
      ColumnType type,
      String description,
      Function<S, Optional<?>> value) {
    return ofScore(kind, name, type, description, (score, row) -> value.apply(score));
  }

  /** As above, of a value that needs more of the row than the score. */
  static <S extends FrameScore> FrameColumn ofScore(
      Class<S> kind,
      String name,
      ColumnType type,
      String description,
      BiFunction<S, FrameRow, Optional<?>> value) {
    return optional(
        name,
        type,
        description,
        row ->
            row.frame()
                .score()
                .filter(kind::isInstance)
                .map(kind::cast)
                .flatMap(score -> value.apply(score, row)));
  }

  /** A number as the functions of columns give it. */
  static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  /** The field of the file's schema. */
  Type parquet() {
    return type.parquet(required ? Type.Repetition.REQUIRED : Type.Repetition.OPTIONAL, name);
  }

  private static Object finite(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value.getAsDouble() : null;
  }
}
