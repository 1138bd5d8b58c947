package io.videottt.catalog;

import io.videottt.metrics.InvalidInputException;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG and JPEG from bytes. Refuses, before anything is allocated, images that are too large
 * or cut off.
 */
public final class ImageDecoder {

  /** Most pixels of an image that is decoded. */
  public static final long MAXIMUM_PIXELS = 64L << 20;

  private ImageDecoder() {}

  /**
   * Decodes a colour or gray image; transparency is dropped.
   *
   * @param source file name for messages
   * @throws InvalidInputException when the bytes are not one whole PNG or JPEG
   */
  public static RgbImage decodeColour(byte[] bytes, String source) {
    BufferedImage image = decode(bytes, source);
    int height = image.getHeight();
    int width = image.getWidth();
    byte[] pixels = new byte[height * width * 3];
    if (image.getColorModel().getNumComponents() < 3
        || !copyInterleaved(image.getRaster(), pixels, 3)) {
      copyConverted(image, pixels);
    }
    return new RgbImage(height, width, pixels);
  }

  /**
   * Decodes the ids of a label image as they are stored: gray values, palette indices or the red
   * channel, never converted by a palette or a colour profile.
   *
   * @param source file name for messages
   * @throws InvalidInputException when the bytes are not one whole image of 8-bit ids
   */
  public static LabelMap decodeLabels(byte[] bytes, String source, LabelEncoding encoding) {
    BufferedImage image = decode(bytes, source);
    Raster raster = image.getRaster();
    int height = image.getHeight();
    int width = image.getWidth();
    int bands = raster.getNumBands();
    boolean single = encoding == LabelEncoding.SINGLE_CHANNEL;
    if (single && bands > 2 || !single && bands < 3) {
      throw new FileProblem(
          CatalogCheck.Kind.UNREADABLE,
          "%s: has %d channels, expected %s"
              .formatted(source, bands, single ? "one (gray or palette)" : "red, green, blue"));
    }
    byte[] labels = new byte[height * width];
    if (raster.getSampleModel().getSampleSize(0) > 8) {
      copyWideSamples(raster, labels, source);
    } else if (!copyInterleaved(raster, labels, 1)) {
      int[] row = new int[width];
      for (int y = 0; y < height; y++) {
        raster.getSamples(0, y, width, 1, 0, row);
        for (int x = 0; x < width; x++) {
          labels[y * width + x] = (byte) row[x];
        }
      }
    }
    return new LabelMap(height, width, labels);
  }

  /**
   * Decodes the segment ids of a COCO panoptic image.
   *
   * @param source file name for messages
   * @throws InvalidInputException when the bytes are not one whole image of 8-bit colour
   */
  static SegmentIdMap decodeSegmentIds(byte[] bytes, String source) {
    BufferedImage image = decode(bytes, source);
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    if (bands < 3 || raster.getSampleModel().getSampleSize(0) != 8) {
      throw new FileProblem(
          CatalogCheck.Kind.UNREADABLE,
          "%s: has %d channels of %d bits, expected red, green and blue of 8"
              .formatted(source, bands, raster.getSampleModel().getSampleSize(0)));
    }
    int height = image.getHeight();
    int width = image.getWidth();
    int[] ids = new int[height * width];
    byte[] pixels = new byte[ids.length * 3];
    if (copyInterleaved(raster, pixels, 3)) {
      for (int i = 0; i < ids.length; i++) {
        ids[i] =
            pixels[3 * i] & 0xff
                | (pixels[3 * i + 1] & 0xff) << 8
                | (pixels[3 * i + 2] & 0xff) << 16;
      }
      return new SegmentIdMap(height, width, ids);
    }
    int[] row = new int[width * bands];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int at = x * bands;
        ids[y * width + x] = row[at] | row[at + 1] << 8 | row[at + 2] << 16;
      }
    }
    return new SegmentIdMap(height, width, ids);
  }

  private static BufferedImage decode(byte[] bytes, String source) {
    ImageFileCheck.requireWhole(bytes, source);
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new FileProblem(
            CatalogCheck.Kind.UNREADABLE, "%s: not a PNG or JPEG image".formatted(source));
      }
      ImageReader reader = readers.next();
      try {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((origin, warning) -> warnings.add(warning));
        reader.setInput(stream, true, true);
        requireBounded(reader.getWidth(0), reader.getHeight(0), source);
        BufferedImage image = reader.read(0);
        requireUndamaged(warnings, source);
        return image;
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof InvalidInputException invalid) {
        throw invalid;
      }
      throw new FileProblem(
          CatalogCheck.Kind.UNREADABLE,
          "%s: the image cannot be decoded: %s".formatted(source, e.getMessage()),
          e);
    }
  }

  private static void requireBounded(int width, int height, String source) {
    if ((long) width * height > MAXIMUM_PIXELS) {
      throw new FileProblem(
          CatalogCheck.Kind.UNREADABLE,
          "%s: %d x %d pixels, at most %d megapixels are read"
              .formatted(source, width, height, MAXIMUM_PIXELS >> 20));
    }
  }

  /** Readers fill what is missing with gray or black and only warn. */
  private static void requireUndamaged(List<String> warnings, String source) {
    for (String warning : warnings) {
      String text = String.valueOf(warning);
      if (text.contains("Premature end")
          || text.contains("Corrupt")
          || text.contains("premature")) {
        throw new FileProblem(
            CatalogCheck.Kind.UNREADABLE, "%s: the image is damaged: %s".formatted(source, text));
      }
    }
  }

  private static boolean copyInterleaved(Raster raster, byte[] target, int channels) {
    if (!(raster.getDataBuffer() instanceof DataBufferByte buffer)
        || !(raster.getSampleModel() instanceof ComponentSampleModel model)
        || buffer.getNumBanks() != 1
        || model.getNumBands() < channels
        || raster.getParent() != null) {
      return false;
    }
    byte[] data = buffer.getData();
    int[] offsets = model.getBandOffsets();
    int step = model.getPixelStride();
    int width = raster.getWidth();
    int out = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      int in = y * model.getScanlineStride();
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < channels; channel++) {
          target[out++] = data[in + offsets[channel]];
        }
        in += step;
      }
    }
    return true;
  }

  private static void copyConverted(BufferedImage image, byte[] target) {
    int width = image.getWidth();
    int[] row = new int[width];
    int out = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int rgb : row) {
        target[out++] = (byte) (rgb >> 16);
        target[out++] = (byte) (rgb >> 8);
        target[out++] = (byte) rgb;
      }
    }
  }

  private static void copyWideSamples(Raster raster, byte[] labels, String source) {
    int width = raster.getWidth();
    int[] row = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        if (row[x] > 255) {
          throw new FileProblem(
              CatalogCheck.Kind.UNKNOWN_LABEL,
              "%s: label id %d at row %d, column %d, expected at most 255"
                  .formatted(source, row[x], y, x));
        }
        labels[y * width + x] = (byte) row[x];
      }
    }
  }
}
