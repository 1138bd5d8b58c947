package io.videottt.catalog.image;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.FileProblem;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The samples of a PNG file as they are stored, [height, width, channels]. Unpacked here and not by
 * the JDK's reader, which takes three times as long and loads the desktop.
 *
 * @param height rows
 * @param width columns
 * @param channels samples of a pixel
 * @param sampleBytes bytes of a sample: 1, also for samples of fewer bits, or 2, the upper one
 *     first
 * @param bytes all samples, row after row
 */
record PngSamples(int height, int width, int channels, int sampleBytes, byte[] bytes) {

  private static final int SIGNATURE_BYTES = 8;

  /** Length and type before a chunk's data, and the checksum behind it. */
  private static final int CHUNK_FRAME_BYTES = 12;

  private static final int IDAT = 0x49444154;

  /** Deflate makes at most so many bytes of one. */
  private static final int LARGEST_EXPANSION = 1032;

  /** Rows are unpacked so many bytes at a time. */
  private static final int BUFFER_BYTES = 1 << 16;

  /** First column, first row, step of columns and of rows of each pass of an interlaced image. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  /**
   * Unpacks a file.
   *
   * @param source file name for messages
   * @throws InvalidInputException when the pixel data is damaged or ends too early
   */
  static PngSamples decode(PngFile file, String source) {
    Unpacking unpacking = new Unpacking(file, source);
    try {
      return unpacking.samples();
    } finally {
      unpacking.inflater.end();
    }
  }

  /**
   * A sample.
   *
   * @param pixel its place, counted over the rows
   */
  int at(int pixel, int channel) {
    int sample = pixel * channels + channel;
    return sampleBytes == 1
        ? bytes[sample] & 0xff
        : (bytes[2 * sample] & 0xff) << 8 | bytes[2 * sample + 1] & 0xff;
  }

  /** The way from a file's chunks to samples. */
  private static final class Unpacking {

    private final PngFile file;
    private final String source;
    private final Inflater inflater = new Inflater();
    private final ByteBuffer chunks;
    private final int channels;
    private final int pixelBits;
    private int next = SIGNATURE_BYTES;

    Unpacking(PngFile file, String source) {
      this.file = file;
      this.source = source;
      this.chunks = ByteBuffer.wrap(file.essential());
      this.channels = file.colour().channels();
      this.pixelBits = channels * file.bitDepth();
    }

    PngSamples samples() {
      int sampleBytes = Math.max(1, file.bitDepth() / Byte.SIZE);
      int height = file.height();
      int width = file.width();
      if ((long) rowBytes(width) * height > (long) LARGEST_EXPANSION * file.essential().length) {
        throw endsEarly();
      }
      long total = (long) height * width * channels * sampleBytes;
      if (total > Integer.MAX_VALUE - Long.BYTES) {
        throw undecodable("%d bytes of samples are too many".formatted(total));
      }
      byte[] samples;
      if (!file.interlaced() && file.bitDepth() >= Byte.SIZE) {
        samples = rows(height, width);
      } else {
        samples = new byte[(int) total];
        if (file.interlaced()) {
          for (int[] pass : PASSES) {
            place(pass[0], pass[1], pass[2], pass[3], samples, sampleBytes);
          }
        } else {
          place(0, 0, 1, 1, samples, sampleBytes);
        }
      }
      return new PngSamples(height, width, channels, sampleBytes, samples);
    }

    private int rowBytes(int width) {
      return (int) (((long) width * pixelBits + Byte.SIZE - 1) / Byte.SIZE);
    }

    /** Unpacks the pixels of a pass and puts them where they belong. */
    private void place(int left, int top, int stepX, int stepY, byte[] samples, int sampleBytes) {
      int width = (file.width() - left + stepX - 1) / stepX;
      int height = (file.height() - top + stepY - 1) / stepY;
      if (width == 0 || height == 0) {
        return;
      }
      byte[] rows = rows(height, width);
      int stride = rowBytes(width);
      int pixelBytes = channels * sampleBytes;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int out = ((top + y * stepY) * file.width() + left + x * stepX) * pixelBytes;
          if (file.bitDepth() < Byte.SIZE) {
            samples[out] = packed(rows, y * stride, x);
          } else {
            System.arraycopy(rows, y * stride + x * pixelBytes, samples, out, pixelBytes);
          }
        }
      }
    }

    /** A sample of fewer than 8 bits: only images of one channel have them. */
    private byte packed(byte[] rows, int row, int x) {
      int bits = file.bitDepth();
      int first = x * bits;
      int shift = Byte.SIZE - bits - first % Byte.SIZE;
      return (byte) ((rows[row + first / Byte.SIZE] & 0xff) >> shift & (1 << bits) - 1);
    }

    /** Inflates rows and undoes their filters. */
    private byte[] rows(int height, int width) {
      int stride = rowBytes(width);
      int pixelBytes = Math.max(1, pixelBits / Byte.SIZE);
      byte[] rows = new byte[stride * height];
      int most = Math.max(1, Math.min(height, BUFFER_BYTES / (stride + 1)));
      byte[] coded = new byte[most * (stride + 1)];
      for (int first = 0; first < height; first += most) {
        int count = Math.min(most, height - first);
        inflate(coded, count * (stride + 1));
        for (int i = 0; i < count; i++) {
          int from = i * (stride + 1);
          try {
            PngFilter.undo(
                coded[from], coded, from + 1, rows, (first + i) * stride, stride, pixelBytes);
          } catch (IllegalArgumentException e) {
            throw undecodable(e.getMessage());
          }
        }
      }
      return rows;
    }

    private void inflate(byte[] target, int length) {
      int done = 0;
      while (done < length) {
        try {
          int count = inflater.inflate(target, done, length - done);
          done += count;
          if (count == 0) {
            if (inflater.finished() || inflater.needsDictionary()) {
              throw endsEarly();
            }
            inflater.setInput(file.essential(), nextData(), chunkLength);
          }
        } catch (DataFormatException e) {
          throw undecodable("its data is damaged");
        }
      }
    }

    private int chunkLength;

    /** Where the data of the next chunk of pixels begins. */
    private int nextData() {
      while (next + CHUNK_FRAME_BYTES <= chunks.capacity()) {
        int at = next;
        chunkLength = chunks.getInt(at);
        next += chunkLength + CHUNK_FRAME_BYTES;
        if (chunks.getInt(at + Integer.BYTES) == IDAT) {
          return at + 2 * Integer.BYTES;
        }
      }
      throw endsEarly();
    }

    private FileProblem endsEarly() {
      return undecodable("its pixel data ends too early");
    }

    private FileProblem undecodable(String reason) {
      return FileProblem.unreadable(source, "the image cannot be decoded: " + reason);
    }
  }
}
