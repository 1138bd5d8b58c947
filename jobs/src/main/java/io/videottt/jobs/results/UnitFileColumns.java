package io.videottt.jobs.results;

import java.util.Optional;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/**
 * The columns of a unit's file, held to those that its readers expect: what every file has is there
 * and has a value in every row, and whatever is there is of its type. Columns that are not known
 * are nobody's concern, and those that earlier versions did not have may be missing.
 */
final class UnitFileColumns {

  private UnitFileColumns() {}

  /**
   * What is wrong with a file's columns.
   *
   * @return a few words; empty where they are in order
   */
  static Optional<String> problem(ParquetMetadata footer) {
    GroupType schema = footer.getFileMetaData().getSchema();
    for (Type expected : FrameColumns.MESSAGE.getFields()) {
      String name = expected.getName();
      boolean required = expected.isRepetition(Type.Repetition.REQUIRED);
      if (!schema.containsField(name)) {
        if (required) {
          return Optional.of("it has no column " + name);
        }
        continue;
      }
      Type found = schema.getType(name);
      if (!isLike(found, expected)) {
        return Optional.of("its column %s is of another type".formatted(name));
      }
      if (required && !found.isRepetition(Type.Repetition.REQUIRED) && hasGaps(footer, name)) {
        return Optional.of("its column %s has rows without a value".formatted(name));
      }
    }
    return Optional.empty();
  }

  /** Whether a type can be read as another; a column may be optional where it was not. */
  private static boolean isLike(Type found, Type expected) {
    if (found.isRepetition(Type.Repetition.REPEATED)
            != expected.isRepetition(Type.Repetition.REPEATED)
        || found.isPrimitive() != expected.isPrimitive()) {
      return false;
    }
    if (expected.isPrimitive()) {
      return found.asPrimitiveType().getPrimitiveTypeName()
          == expected.asPrimitiveType().getPrimitiveTypeName();
    }
    GroupType members = found.asGroupType();
    return expected.asGroupType().getFields().stream()
        .allMatch(
            member ->
                members.containsField(member.getName())
                    && isLike(members.getType(member.getName()), member));
  }

  /** Whether rows may be without a value, as far as the footer tells. */
  private static boolean hasGaps(ParquetMetadata footer, String name) {
    for (BlockMetaData block : footer.getBlocks()) {
      for (ColumnChunkMetaData column : block.getColumns()) {
        Statistics<?> values = column.getStatistics();
        if (column.getPath().toDotString().equals(name)
            && (values == null || !values.isNumNullsSet() || values.getNumNulls() > 0)) {
          return true;
        }
      }
    }
    return false;
  }
}
