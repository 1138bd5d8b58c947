package io.videottt.jobs.ml;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.RgbImage;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Images in Spark's image schema: origin, height, width, nChannels, mode, data, the pixels row by
 * row, blue before green before red. Read are the modes that Spark's image source writes: gray,
 * colour, and colour with transparency, which is dropped.
 */
public final class ImageRows {

  /** The struct of an image. */
  public static final StructType SCHEMA = ImageSchema.columnSchema();

  /** OpenCV's number of three channels of one byte. */
  private static final int COLOUR_MODE = 16;

  private static final int GRAY_MODE = 0;
  private static final int COLOUR_AND_TRANSPARENCY_MODE = 24;

  /** What Spark's image source writes for a file that it cannot decode. */
  private static final int UNDEFINED_MODE = -1;

  private static final int COLOURS = 3;

  // Fields by their place: not every row carries its schema.
  private static final int ORIGIN = SCHEMA.fieldIndex("origin");
  private static final int HEIGHT = SCHEMA.fieldIndex("height");
  private static final int WIDTH = SCHEMA.fieldIndex("width");
  private static final int CHANNELS = SCHEMA.fieldIndex("nChannels");
  private static final int MODE = SCHEMA.fieldIndex("mode");
  private static final int DATA = SCHEMA.fieldIndex("data");

  private ImageRows() {}

  /** Whether a column holds images, whatever it says about nulls. */
  public static boolean isImage(DataType type) {
    if (!(type instanceof StructType struct) || struct.size() != SCHEMA.size()) {
      return false;
    }
    for (int i = 0; i < SCHEMA.size(); i++) {
      StructField expected = SCHEMA.apply(i);
      StructField actual = struct.apply(i);
      if (!actual.name().equals(expected.name())
          || !actual.dataType().equals(expected.dataType())) {
        return false;
      }
    }
    return true;
  }

  /**
   * An image as a row.
   *
   * @param origin where it comes from
   */
  public static Row of(RgbImage image, String origin) {
    return RowFactory.create(
        origin, image.height(), image.width(), COLOURS, COLOUR_MODE, swapped(image.pixels()));
  }

  /** The row of a file that holds no image, as Spark's image source writes it. */
  public static Row undefined(String origin) {
    return RowFactory.create(origin, -1, -1, -1, UNDEFINED_MODE, new byte[0]);
  }

  /** Where an image comes from, for messages. */
  public static String origin(Row row) {
    return row.isNullAt(ORIGIN) ? "an image without origin" : row.getString(ORIGIN);
  }

  /**
   * The pixels of a row.
   *
   * @param row the struct; may be null
   * @throws InvalidInputException naming the origin, when there is no image or it is of another
   *     kind
   */
  public static RgbImage image(Row row) {
    if (row == null) {
      throw new InvalidInputException("a row has no image (null)");
    }
    int mode = integer(row, MODE);
    if (mode == UNDEFINED_MODE) {
      throw invalid(row, "holds no image: its file could not be decoded (mode -1)");
    }
    int channels =
        switch (mode) {
          case GRAY_MODE -> 1;
          case COLOUR_MODE -> COLOURS;
          case COLOUR_AND_TRANSPARENCY_MODE -> COLOURS + 1;
          default ->
              throw invalid(
                  row,
                  "mode is %d, expected CV_8UC1 (0), CV_8UC3 (16) or CV_8UC4 (24)".formatted(mode));
        };
    int given = integer(row, CHANNELS);
    if (given != channels) {
      throw invalid(
          row, "nChannels is %d, but mode %d has %d channel(s)".formatted(given, mode, channels));
    }
    int height = integer(row, HEIGHT);
    int width = integer(row, WIDTH);
    byte[] data = row.getAs(DATA);
    if (height < 1
        || width < 1
        || data == null
        || data.length != (long) height * width * channels) {
      throw invalid(
          row,
          "data has %s bytes, which is no image of %d x %d with %d channel(s)"
              .formatted(data == null ? "no" : data.length, height, width, channels));
    }
    return new RgbImage(height, width, colours(data, channels));
  }

  private static byte[] colours(byte[] data, int channels) {
    if (channels == COLOURS) {
      return swapped(data);
    }
    int pixels = data.length / channels;
    byte[] colours = new byte[pixels * COLOURS];
    for (int i = 0; i < pixels; i++) {
      int at = i * channels;
      for (int colour = 0; colour < COLOURS; colour++) {
        colours[i * COLOURS + colour] = data[channels == 1 ? at : at + COLOURS - 1 - colour];
      }
    }
    return colours;
  }

  /** Exchanges the first and the third byte of every three: red and blue. */
  private static byte[] swapped(byte[] pixels) {
    byte[] result = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i += COLOURS) {
      result[i] = pixels[i + 2];
      result[i + 1] = pixels[i + 1];
      result[i + 2] = pixels[i];
    }
    return result;
  }

  private static int integer(Row row, int field) {
    if (row.isNullAt(field)) {
      throw invalid(row, SCHEMA.apply(field).name() + " is null");
    }
    return row.getInt(field);
  }

  private static InvalidInputException invalid(Row row, String problem) {
    return new InvalidInputException("%s: %s".formatted(origin(row), problem));
  }
}
