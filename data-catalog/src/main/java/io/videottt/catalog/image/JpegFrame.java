package io.videottt.catalog.image;

import io.videottt.catalog.file.FileProblem;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The frame header of a JPEG file: its size and components.
 *
 * @param progressive whether the image is sent in passes of rising precision
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param componentIds 1, 3 or 4 identifiers
 * @param horizontal sampling factors of the components, 1 to 4
 * @param vertical sampling factors of the components, 1 to 4
 */
record JpegFrame(
    boolean progressive,
    int height,
    int width,
    int[] componentIds,
    int[] horizontal,
    int[] vertical) {

  private static final int BASELINE = 0xc0;
  private static final int EXTENDED = 0xc1;
  private static final int PROGRESSIVE = 0xc2;
  private static final int ARITHMETIC = 0xc9;
  private static final int ARITHMETIC_PROGRESSIVE = 0xca;
  private static final int LOSSLESS = 0xc3;
  private static final int JPEG_LS = 0xf7;
  private static final int SAMPLE_BITS = 8;
  private static final int LARGEST_FACTOR = 4;

  /** Length, precision, height, width, number of components. */
  private static final int FIXED_BYTES = 8;

  /** Identifier, sampling factors, quantisation table. */
  private static final int COMPONENT_BYTES = 3;

  /** Whether a marker begins a frame header, of a process that is read or not. */
  static boolean isFrame(int marker) {
    boolean table = marker == 0xc4 || marker == 0xc8 || marker == 0xcc;
    return marker >= BASELINE && marker <= 0xcf && !table || marker == JPEG_LS;
  }

  /**
   * Reads a frame header.
   *
   * @param segment the segment from its length on
   * @param source file name for messages
   * @throws io.videottt.base.InvalidInputException when images of its kind or size are not read
   */
  static JpegFrame parse(int marker, ByteBuffer segment, String source) {
    boolean progressive = marker == PROGRESSIVE;
    if (marker != BASELINE && marker != EXTENDED && !progressive) {
      throw notRead(source, process(marker));
    }
    if (segment.limit() < FIXED_BYTES) {
      throw JpegFile.damaged(source, "its frame header is too short");
    }
    int precision = segment.get(2);
    int height = segment.getShort(3) & 0xffff;
    int width = segment.getShort(5) & 0xffff;
    int components = segment.get(7) & 0xff;
    if (precision != SAMPLE_BITS) {
      throw notRead(source, "%d bits per sample".formatted(precision));
    }
    if (height == 0) {
      throw notRead(source, "the number of rows after the first scan");
    }
    ImageDecoder.requireBounded(width, height, source);
    if (components != 1 && components != 3 && components != 4) {
      throw notRead(source, "%d components".formatted(components));
    }
    if (segment.limit() != FIXED_BYTES + components * COMPONENT_BYTES) {
      throw JpegFile.damaged(source, "its frame header has the wrong length");
    }
    JpegFrame frame =
        new JpegFrame(
            progressive,
            height,
            width,
            new int[components],
            new int[components],
            new int[components]);
    for (int i = 0; i < components; i++) {
      int at = FIXED_BYTES + i * COMPONENT_BYTES;
      frame.componentIds[i] = segment.get(at) & 0xff;
      frame.horizontal[i] = factor(segment.get(at + 1) >> 4 & 0xf, source);
      frame.vertical[i] = factor(segment.get(at + 1) & 0xf, source);
    }
    return frame;
  }

  /** The place of a component. */
  OptionalInt component(int id) {
    return IntStream.range(0, componentIds.length).filter(i -> componentIds[i] == id).findFirst();
  }

  /** Number of samples that one pass over a component goes through. */
  long samples(int component) {
    return (long) blocksAcross(component) * blocksDown(component) * 64;
  }

  /** Columns of a component's blocks of 8 x 8. */
  int blocksAcross(int component) {
    return quotient((long) width * horizontal[component], 8L * largest(horizontal));
  }

  /** Rows of a component's blocks of 8 x 8. */
  int blocksDown(int component) {
    return quotient((long) height * vertical[component], 8L * largest(vertical));
  }

  /** Columns of the units that hold blocks of all components. */
  int unitsAcross() {
    return quotient(width, 8L * largest(horizontal));
  }

  /** Rows of the units that hold blocks of all components. */
  int unitsDown() {
    return quotient(height, 8L * largest(vertical));
  }

  private static int largest(int[] factors) {
    return Arrays.stream(factors).max().orElseThrow();
  }

  /** Rounded up. */
  private static int quotient(long dividend, long divisor) {
    return (int) ((dividend + divisor - 1) / divisor);
  }

  private static int factor(int value, String source) {
    if (value < 1 || value > LARGEST_FACTOR) {
      throw JpegFile.damaged(source, "a sampling factor of %d".formatted(value));
    }
    return value;
  }

  private static String process(int marker) {
    return switch (marker) {
      case ARITHMETIC, ARITHMETIC_PROGRESSIVE -> "arithmetic coding";
      case LOSSLESS -> "lossless coding";
      case JPEG_LS -> "JPEG-LS coding";
      default -> "coding process 0x%x".formatted(marker);
    };
  }

  private static FileProblem notRead(String source, String what) {
    return FileProblem.unreadable(
        source, "a JPEG image with %s, which is not read; convert it to PNG".formatted(what));
  }
}
