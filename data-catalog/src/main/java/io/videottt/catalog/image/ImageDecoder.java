package io.videottt.catalog.image;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.FileProblem;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes PNG and JPEG from bytes. Refuses, before anything is allocated, images that are cut off,
 * too large, or would take too long.
 *
 * <p>Colours are the stored values, as Pillow's {@code convert("RGB")} gives them: gray becomes
 * three equal channels, opacity is dropped, inks are mixed, and neither colour profiles nor gamma
 * are applied. Of 16 bits the upper 8 are kept, as OpenCV does.
 */
public final class ImageDecoder {

  /** Most pixels of an image that is decoded. */
  public static final long MAXIMUM_PIXELS = 64L << 20;

  private ImageDecoder() {}

  /**
   * Decodes an image as people see it: turned as its EXIF orientation says.
   *
   * @param source file name for messages
   * @throws InvalidInputException when the bytes are not one whole PNG or JPEG
   */
  public static RgbImage decodeColour(byte[] bytes, String source) {
    return switch (ImageFormat.of(bytes, source)) {
      case PNG -> {
        PngFile file = PngFile.parse(bytes, source);
        yield file.orientation().upright(PngColours.of(file, PngSamples.decode(file, source)));
      }
      case JPEG -> {
        JpegFile file = JpegFile.parse(bytes, source);
        yield file.orientation().upright(colours(file, source));
      }
    };
  }

  /** How a file says that it is to be turned. */
  public static Orientation orientation(byte[] bytes, String source) {
    return switch (ImageFormat.of(bytes, source)) {
      case PNG -> PngFile.parse(bytes, source).orientation();
      case JPEG -> JpegFile.parse(bytes, source).orientation();
    };
  }

  /**
   * Decodes the ids of a label image as they are stored: gray values, palette indices or the red
   * channel, never converted by a palette or a colour profile, never turned.
   *
   * @param source file name for messages
   * @throws InvalidInputException when the bytes are not one whole PNG of 8-bit ids
   */
  public static LabelMap decodeLabels(byte[] bytes, String source, LabelEncoding encoding) {
    PngFile file = ids(bytes, source);
    int channels = file.colour().channels();
    boolean single = encoding == LabelEncoding.SINGLE_CHANNEL;
    if (single && channels > 2 || !single && channels < 3) {
      throw FileProblem.unreadable(
          source,
          "has %d channels, expected %s"
              .formatted(channels, single ? "one (gray or palette)" : "red, green, blue"));
    }
    PngSamples samples = PngSamples.decode(file, source);
    int height = file.height();
    int width = file.width();
    if (channels == 1 && samples.sampleBytes() == 1) {
      return new LabelMap(height, width, samples.bytes());
    }
    byte[] labels = new byte[height * width];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label(samples.at(i, 0), i / width, i % width, source);
    }
    return new LabelMap(height, width, labels);
  }

  private static byte label(int id, int row, int column, String source) {
    if (id > 255) {
      throw new FileProblem(
          FileProblem.Kind.UNKNOWN_LABEL,
          "%s: label id %d at row %d, column %d, expected at most 255"
              .formatted(source, id, row, column));
    }
    return (byte) id;
  }

  /**
   * Decodes the segment ids of a COCO panoptic image.
   *
   * @param source file name for messages
   * @throws InvalidInputException when the bytes are not one whole PNG of 8-bit colour
   */
  public static SegmentIdMap decodeSegmentIds(byte[] bytes, String source) {
    PngFile file = ids(bytes, source);
    if (file.colour().channels() < 3 || file.bitDepth() != 8) {
      throw FileProblem.unreadable(
          source,
          "has %d channels of %d bits, expected red, green and blue of 8"
              .formatted(file.colour().channels(), file.bitDepth()));
    }
    byte[] samples = PngSamples.decode(file, source).bytes();
    int channels = file.colour().channels();
    int[] ids = new int[file.height() * file.width()];
    int pixel = 0;
    while (pixel < ids.length) {
      int in = pixel * channels;
      int id = samples[in] & 0xff | (samples[in + 1] & 0xff) << 8 | (samples[in + 2] & 0xff) << 16;
      // Neighbouring pixels mostly belong to one segment.
      int different =
          Arrays.mismatch(
              samples, in, samples.length - channels, samples, in + channels, samples.length);
      int end = different < 0 ? ids.length : pixel + 1 + different / channels;
      Arrays.fill(ids, pixel, end, id);
      pixel = end;
    }
    return new SegmentIdMap(file.height(), file.width(), ids);
  }

  private static PngFile ids(byte[] bytes, String source) {
    if (ImageFormat.of(bytes, source) != ImageFormat.PNG) {
      throw FileProblem.unreadable(
          source, "a JPEG image, whose compression changes ids; store labels as PNG");
    }
    return PngFile.parse(bytes, source);
  }

  /**
   * Checks the size of an image.
   *
   * @throws InvalidInputException when it is too large to be decoded, or empty
   */
  static void requireBounded(long width, long height, String source) {
    // Compared by division: the product of hostile numbers may not fit.
    if (width < 1 || height < 1 || width > MAXIMUM_PIXELS / height) {
      throw FileProblem.unreadable(
          source,
          "%d x %d pixels, %s"
              .formatted(
                  width,
                  height,
                  width < 1 || height < 1
                      ? "which is no image"
                      : "at most %d megapixels are read".formatted(MAXIMUM_PIXELS >> 20)));
    }
  }

  private static RgbImage colours(JpegFile file, String source) {
    Raster raster;
    try {
      raster = new JpegDecoder(file, source).decode();
    } catch (IOException | RuntimeException e) {
      throw undecodable(source, e);
    }
    int height = raster.getHeight();
    int width = raster.getWidth();
    int components = raster.getNumBands();
    byte[] pixels = new byte[height * width * 3];
    byte[] row = new byte[width * components];
    int out = 0;
    for (int y = 0; y < height; y++) {
      raster.getDataElements(0, y, width, 1, row);
      for (int in = 0; in < row.length; in += components) {
        file.colour().convert(row, in, pixels, out);
        out += 3;
      }
    }
    return new RgbImage(height, width, pixels);
  }

  private static InvalidInputException undecodable(String source, Exception e) {
    if (e instanceof InvalidInputException invalid) {
      return invalid;
    }
    // Readers of damaged files fail in any way; only their own exceptions speak to people.
    boolean told = e instanceof IOException && e.getMessage() != null;
    return new FileProblem(
        FileProblem.Kind.UNREADABLE,
        "%s: the image cannot be decoded: %s"
            .formatted(source, told ? e.getMessage() : "its data is damaged"),
        e);
  }
}
